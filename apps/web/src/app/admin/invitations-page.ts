import { Component, inject, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { Invite } from '@chatr/client';
import { Chatr, exactTime, PagedList, Toasts } from '../core';
import { Field, Icon } from '../ui';
import { ListState } from './list-state';

/** Who was invited and has not come yet. */
@Component({
  selector: 'chatr-invitations-page',
  imports: [Field, FormsModule, Icon, ListState],
  template: `
    <h2>Invite by mail</h2>
    <p class="hint">The link in the mail lets that address register, also where registration is not open.</p>
    <form novalidate (ngSubmit)="invite()">
      <chatr-field label="E-mail" inputId="invite-email" [error]="error()">
        <span class="inline">
          <input
            class="input"
            id="invite-email"
            name="email"
            type="email"
            dir="ltr"
            autocomplete="off"
            aria-describedby="invite-email-note"
            [attr.aria-invalid]="!!error()"
            [(ngModel)]="email"
          />
          <button class="button button-primary" [disabled]="busy()">Invite</button>
        </span>
      </chatr-field>
    </form>
    @if (invites.items()?.length) {
      <ul aria-label="Open invitations">
        @for (open of invites.items(); track open.id) {
          <li class="item">
            <chatr-icon name="mail" [size]="22" />
            <span class="lines">
              <span class="title one-line">{{ open.email }}</span>
              <span class="muted">{{ until(open) }}</span>
            </span>
            <button
              type="button"
              class="button button-small"
              [attr.aria-label]="'Send the invitation of ' + open.email + ' again'"
              (click)="resend(open)"
            >
              Send again
            </button>
            <button
              type="button"
              class="button button-small"
              [attr.aria-label]="'Take back the invitation of ' + open.email"
              (click)="revoke(open)"
            >
              Take back
            </button>
          </li>
        }
      </ul>
    } @else if (invites.items()) {
      <p class="muted none">Nobody is invited at the moment.</p>
    }
    <chatr-list-state [list]="invites" />
  `,
  styleUrl: '../ui/card.css',
  styles: `
    ul,
    .none {
      margin-top: var(--space-4);
    }

    @media (max-width: 599px) {
      .item {
        flex-wrap: wrap;
      }

      .lines {
        min-width: 70%;
      }
    }
  `,
})
export class InvitationsPage {
  private readonly chatr = inject(Chatr);
  private readonly toasts = inject(Toasts);

  protected readonly invites = new PagedList((cursor) => this.chatr.admin.invites(cursor));
  protected readonly email = signal('');
  protected readonly error = signal<string | undefined>(undefined);
  protected readonly busy = signal(false);

  constructor() {
    void this.invites.reload();
  }

  protected until({ expiresAt }: Invite): string {
    const isOver = new Date(expiresAt).getTime() <= Date.now();
    return isOver ? `Expired on ${exactTime(expiresAt)}` : `Good until ${exactTime(expiresAt)}`;
  }

  protected async invite(): Promise<void> {
    const email = this.email().trim();
    const looksRight = /^[^\s@]+@[^\s@]+$/u.test(email);
    this.error.set(looksRight ? undefined : 'Enter the e-mail address of whom you invite.');
    if (!looksRight) return;
    this.busy.set(true);
    if (await this.toasts.attempt(() => this.chatr.admin.invite(email))) {
      this.email.set('');
      this.toasts.show(`An invitation is on its way to ${email}.`);
      await this.invites.reload();
    }
    this.busy.set(false);
  }

  protected async resend({ id, email }: Invite): Promise<void> {
    if (await this.toasts.attempt(() => this.chatr.admin.resendInvite(id))) {
      this.toasts.show(`Another invitation is on its way to ${email}. The link before works no longer.`);
    }
    await this.invites.reload();
  }

  protected async revoke(invite: Invite): Promise<void> {
    await this.toasts.attempt(() => this.chatr.admin.revokeInvite(invite.id));
    await this.invites.reload();
  }
}
