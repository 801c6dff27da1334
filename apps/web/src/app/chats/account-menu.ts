import { Component, inject } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Router, RouterLink } from '@angular/router';
import { Chatr, type Theme, ThemeChoice, Toasts } from '../core';
import { Avatar, Icon, type IconName } from '../ui';

/** Oneself: settings, theme, signing out. */
@Component({
  selector: 'chatr-account-menu',
  imports: [Avatar, Icon, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink],
  templateUrl: './account-menu.html',
  styles: `
    .trigger {
      border-radius: var(--radius-full);
    }

    .who {
      display: grid;
      padding: var(--space-2) var(--space-3) var(--space-3);
      margin-bottom: var(--space-1);
      border-bottom: 1px solid var(--line);
    }

    .name {
      max-width: 240px;
      font-weight: 620;
    }

    .email {
      max-width: 240px;
      color: var(--text-muted);
      font-size: var(--text-small);
    }
  `,
})
export class AccountMenu {
  protected readonly chatr = inject(Chatr);
  protected readonly choice = inject(ThemeChoice);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);

  protected readonly themes: readonly { theme: Theme; label: string; icon: IconName }[] = [
    { theme: 'system', label: 'Theme of the system', icon: 'monitor' },
    { theme: 'light', label: 'Light', icon: 'sun' },
    { theme: 'dark', label: 'Dark', icon: 'moon' },
  ];

  protected async signOut(): Promise<void> {
    await this.toasts.attempt(() => this.chatr.logout());
    await this.router.navigateByUrl('/login');
  }
}
