import { Component, effect, inject, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { RouterLink } from '@angular/router';
import type { AdminUser } from '@chatr/client';
import { Chatr, PagedList, Toasts } from '../core';
import { PersonRow } from '../people';
import { Confirm } from '../ui';
import { ListState } from './list-state';

type Standing = '' | 'admin' | 'suspended' | 'active';

/** A search asks the server once typing has paused. */
const PAUSE_MS = 180;

/** Everybody's accounts. */
@Component({
  selector: 'chatr-accounts-page',
  imports: [FormsModule, ListState, PersonRow, RouterLink],
  template: `
    <h2>Accounts</h2>
    <div class="filters">
      <input
        class="input input-quiet"
        type="search"
        name="query"
        placeholder="Search"
        aria-label="Search accounts"
        autocomplete="off"
        maxlength="100"
        dir="auto"
        [(ngModel)]="query"
      />
      <select class="input input-quiet" name="standing" aria-label="Which accounts" [(ngModel)]="standing">
        <option value="">Everybody</option>
        <option value="active">Not suspended</option>
        <option value="suspended">Suspended</option>
        <option value="admin">Administrators</option>
      </select>
    </div>
    <ul aria-label="Accounts">
      @for (account of accounts.items() ?? []; track account.id) {
        <li class="item">
          <a class="account" [routerLink]="account.id">
            <chatr-person-row [user]="account">
              @if (account.suspendedAt) {
                <span class="badge danger">Suspended</span>
              } @else if (account.role === 'admin') {
                <span class="badge">Administrator</span>
              }
            </chatr-person-row>
          </a>
          @if (account.id !== chatr.me()?.id) {
            <button
              type="button"
              class="button button-small"
              [attr.aria-label]="(account.suspendedAt ? 'Restore ' : 'Suspend ') + account.displayName"
              (click)="toggle(account)"
            >
              {{ account.suspendedAt ? 'Restore' : 'Suspend' }}
            </button>
          }
        </li>
      }
    </ul>
    @if (accounts.items()?.length === 0) {
      <p class="muted">{{ query() ? 'Nobody by that name.' : 'There is nobody of this kind.' }}</p>
    }
    <chatr-list-state [list]="accounts" />
  `,
  styleUrls: ['../ui/card.css', './filters.css'],
  styles: `
    ul {
      margin-top: var(--space-2);
    }

    .account {
      display: flex;
      min-width: 0;
      flex: 1;
      border-radius: var(--radius-control);
      color: inherit;
      text-decoration: none;
    }

    .account:hover {
      background: var(--surface-hover);
    }
  `,
})
export class AccountsPage {
  protected readonly chatr = inject(Chatr);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);

  protected readonly query = signal('');
  protected readonly standing = signal<Standing>('');
  protected readonly accounts = new PagedList((cursor) => {
    const query = this.query().trim();
    const standing = this.standing();
    return this.chatr.admin.users(
      {
        query: query === '' ? undefined : query,
        role: standing === 'admin' ? 'admin' : undefined,
        suspended: standing === 'suspended' ? true : standing === 'active' ? false : undefined,
      },
      cursor,
    );
  });

  constructor() {
    effect((onCleanup) => {
      const isTyped = this.query() !== '';
      this.standing();
      const timer = setTimeout(() => void this.accounts.reload(), isTyped ? PAUSE_MS : 0);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected async toggle(account: AdminUser): Promise<void> {
    if (account.suspendedAt !== null) {
      await this.toasts.attempt(() => this.chatr.admin.restore(account.id));
    } else {
      const sure = await this.confirm.ask({
        title: `Suspend ${account.displayName}?`,
        text: 'They are signed out everywhere at once and cannot sign in. What they wrote stays.',
        action: 'Suspend',
      });
      if (!sure) return;
      await this.toasts.attempt(() => this.chatr.admin.suspend(account.id));
    }
    await this.accounts.reload();
  }
}
