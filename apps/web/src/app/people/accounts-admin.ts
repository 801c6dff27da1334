import { Component, inject, resource, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { AdminUser } from '@chatr/client';
import { Chatr, errorWords, Toasts } from '../core';
import { Confirm } from '../ui';
import { PersonRow } from './person-row';

@Component({
  selector: 'chatr-accounts-admin',
  imports: [FormsModule, PersonRow],
  template: `
    <h2>Accounts</h2>
    <input
      class="input input-quiet"
      type="search"
      name="query"
      placeholder="Search"
      aria-label="Search accounts"
      autocomplete="off"
      dir="auto"
      [(ngModel)]="query"
    />
    @if (accounts.hasValue()) {
      <ul>
        @for (account of accounts.value().items; track account.id) {
          <li class="item">
            <chatr-person-row [user]="account">
              @if (account.suspendedAt) {
                <span class="badge danger">Suspended</span>
              } @else if (account.role === 'admin') {
                <span class="badge">Administrator</span>
              }
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
            </chatr-person-row>
          </li>
        } @empty {
          <li class="muted none">Nobody by that name.</li>
        }
      </ul>
      @if (accounts.value().nextCursor) {
        <p class="muted none">There are more. Search to find them.</p>
      }
    } @else if (problem(); as problem) {
      <p class="muted none">
        {{ problem }} <button type="button" class="link-button" (click)="accounts.reload()">Try again</button>
      </p>
    } @else {
      <p class="muted none" role="status">Loading…</p>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    ul {
      margin-top: var(--space-2);
    }

    .none {
      padding-top: var(--space-4);
    }
  `,
})
export class AccountsAdmin {
  protected readonly chatr = inject(Chatr);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);

  protected readonly query = signal('');
  protected readonly accounts = resource({
    params: () => ({ query: this.query().trim() }),
    loader: ({ params }) => this.chatr.admin.users(params.query === '' ? undefined : params.query),
  });

  protected problem(): string | undefined {
    const error = this.accounts.error();
    return error === undefined ? undefined : errorWords(error);
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
    this.accounts.reload();
  }
}
