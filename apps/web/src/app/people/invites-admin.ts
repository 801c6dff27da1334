import { Component, inject, resource, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { Invite } from '@chatr/client';
import { Chatr, errorWords, exactTime, Toasts } from '../core';
import { Field, Icon } from '../ui';

@Component({
  selector: 'chatr-invites-admin',
  imports: [Field, FormsModule, Icon],
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
    @if (invites.hasValue() && invites.value().length > 0) {
      <ul aria-label="Open invitations">
        @for (open of invites.value(); track open.id) {
          <li class="item">
            <chatr-icon name="mail" [size]="22" />
            <span class="lines">
              <span class="title one-line">{{ open.email }}</span>
              <span class="muted one-line">Good until {{ exact(open.expiresAt) }}</span>
            </span>
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
    } @else if (problem(); as problem) {
      <p class="muted">
        {{ problem }} <button type="button" class="link-button" (click)="invites.reload()">Try again</button>
      </p>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    ul {
      margin-top: var(--space-4);
    }
  `,
})
export class InvitesAdmin {
  private readonly chatr = inject(Chatr);
  private readonly toasts = inject(Toasts);

  protected readonly invites = resource({ loader: () => this.chatr.admin.invites() });
  protected readonly email = signal('');
  protected readonly error = signal<string | undefined>(undefined);
  protected readonly busy = signal(false);
  protected readonly exact = exactTime;

  protected problem(): string | undefined {
    const error = this.invites.error();
    return error === undefined ? undefined : errorWords(error);
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
      this.invites.reload();
    }
    this.busy.set(false);
  }

  protected async revoke(invite: Invite): Promise<void> {
    await this.toasts.attempt(() => this.chatr.admin.revokeInvite(invite.id));
    this.invites.reload();
  }
}
