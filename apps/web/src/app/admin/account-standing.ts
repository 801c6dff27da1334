import { Component, inject, input, output } from '@angular/core';
import type { AdminUser } from '@chatr/client';
import { Chatr, Toasts } from '../core';
import { Confirm } from '../ui';

/** Whether an account is let in at all. */
@Component({
  selector: 'chatr-account-standing',
  template: `
    <h2>{{ user().suspendedAt ? 'Suspended' : 'Suspension' }}</h2>
    <p class="hint">
      {{
        user().suspendedAt
          ? 'They cannot sign in. What they wrote stays.'
          : 'Who is suspended is signed out everywhere and cannot sign in. What they wrote stays.'
      }}
    </p>
    <div class="actions">
      @if (user().suspendedAt) {
        <button type="button" class="button" (click)="restore()">Restore</button>
      } @else {
        <button type="button" class="button button-danger" (click)="suspend()">Suspend</button>
      }
    </div>
  `,
  styleUrl: '../ui/card.css',
})
export class AccountStanding {
  readonly user = input.required<AdminUser>();
  readonly changed = output();

  private readonly chatr = inject(Chatr);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);

  protected async suspend(): Promise<void> {
    const sure = await this.confirm.ask({
      title: `Suspend ${this.user().displayName}?`,
      text: 'They are signed out everywhere at once and cannot sign in. What they wrote stays.',
      action: 'Suspend',
    });
    if (!sure) return;
    await this.toasts.attempt(() => this.chatr.admin.suspend(this.user().id));
    this.changed.emit();
  }

  protected async restore(): Promise<void> {
    await this.toasts.attempt(() => this.chatr.admin.restore(this.user().id));
    this.changed.emit();
  }
}
