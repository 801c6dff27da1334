import { Component, computed, inject, input, resource } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Chatr, errorWords, exactTime } from '../core';
import { PersonRow } from '../people';
import { Icon, SkeletonRows } from '../ui';
import { AccountFactors } from './account-factors';
import { AccountRole } from './account-role';
import { AccountSessions } from './account-sessions';
import { AccountStanding } from './account-standing';

/** One account: who it is, what it may do, where it is signed in, and what protects it. */
@Component({
  selector: 'chatr-account-page',
  imports: [AccountFactors, AccountRole, AccountSessions, AccountStanding, Icon, PersonRow, RouterLink, SkeletonRows],
  template: `
    <a class="up" routerLink="/admin/people"><chatr-icon name="back" [size]="18" />Accounts</a>
    @if (account.hasValue()) {
      @let user = account.value();
      <section class="who" aria-label="Account">
        <chatr-person-row [user]="user">
          @if (user.suspendedAt) {
            <span class="badge danger">Suspended</span>
          }
        </chatr-person-row>
        <dl>
          <dt>E-mail</dt>
          <dd dir="ltr">{{ user.email }}</dd>
          @if (user.phone) {
            <dt>Phone</dt>
            <dd dir="ltr">{{ user.phone }}{{ user.phoneVerified ? '' : ' (not confirmed)' }}</dd>
          }
          <dt>Since</dt>
          <dd>{{ exact(user.createdAt) }}</dd>
          @if (user.suspendedAt) {
            <dt>Suspended</dt>
            <dd>{{ exact(user.suspendedAt) }}</dd>
          }
        </dl>
        <a routerLink="/admin/audit" [queryParams]="{ subject: user.id, name: user.username }">What was done to it</a>
      </section>
      <chatr-account-sessions [user]="user" (changed)="account.reload()" />
      <chatr-account-factors [user]="user" [isSelf]="isSelf()" (changed)="account.reload()" />
      <chatr-account-role [user]="user" [isSelf]="isSelf()" (changed)="account.reload()" />
      @if (!isSelf()) {
        <chatr-account-standing [user]="user" (changed)="account.reload()" />
      }
    } @else if (problem(); as problem) {
      <p class="muted" role="alert">
        {{ problem }} <button type="button" class="link-button" (click)="account.reload()">Try again</button>
      </p>
    } @else {
      <chatr-skeleton-rows [rows]="[46, 62, 38]" />
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    :host {
      display: grid;
      gap: var(--space-5);
      padding: 0;
      border-radius: 0;
      background: none;
      box-shadow: none;
    }

    .up {
      display: inline-flex;
      align-items: center;
      justify-self: start;
      gap: var(--space-1);
      color: var(--text-muted);
      font-size: var(--text-small);
      text-decoration: none;
    }

    .up:hover {
      color: var(--text);
    }

    .who {
      display: grid;
      gap: var(--space-4);
      padding: var(--space-5);
      border-radius: var(--radius-bubble);
      background: var(--surface);
      box-shadow: 0 0 0 1px var(--line);
    }

    dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: var(--space-1) var(--space-4);
      margin: 0;
      font-size: var(--text-small);
    }

    dt {
      color: var(--text-muted);
    }

    dd {
      margin: 0;
      overflow-wrap: anywhere;
      text-align: start;
    }

    .who > a {
      color: var(--text-accent);
      font-size: var(--text-small);
    }
  `,
})
export class AccountPage {
  /** From the route. */
  readonly userId = input.required<string>();

  private readonly chatr = inject(Chatr);

  protected readonly account = resource({
    params: () => this.userId(),
    loader: ({ params }) => this.chatr.admin.user(params),
  });
  protected readonly isSelf = computed(() => this.chatr.me()?.id === this.userId());
  protected readonly exact = exactTime;

  protected problem(): string | undefined {
    const error = this.account.error();
    return error === undefined ? undefined : errorWords(error);
  }
}
