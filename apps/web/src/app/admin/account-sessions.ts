import { Component, inject, input, output, resource } from '@angular/core';
import type { AdminUser, Session } from '@chatr/client';
import { ago, Chatr, errorWords, exactTime, Now, Toasts } from '../core';
import { Confirm, Icon } from '../ui';

/** Where somebody is signed in, and an end to it. */
@Component({
  selector: 'chatr-account-sessions',
  imports: [Icon],
  template: `
    <h2>Where they are signed in</h2>
    @if (sessions.hasValue()) {
      <ul aria-label="Sessions">
        @for (session of sessions.value(); track session.id) {
          <li class="item">
            <chatr-icon name="device" [size]="22" />
            <span class="lines">
              <span class="title one-line">{{ session.device }}</span>
              <span
                class="muted"
                [title]="'Signed in ' + exact(session.createdAt) + ', used ' + exact(session.lastUsedAt)"
                >{{ where(session) }} · used {{ used(session) }}</span
              >
            </span>
            @if (session.current) {
              <span class="badge">This device</span>
            } @else {
              <button
                type="button"
                class="button button-small"
                [attr.aria-label]="'End session: ' + session.device"
                (click)="end(session)"
              >
                End
              </button>
            }
          </li>
        } @empty {
          <li class="muted">They are signed in nowhere.</li>
        }
      </ul>
      @if (sessions.value().length > 0) {
        <div class="actions">
          <button type="button" class="button" (click)="endAll()">End all sessions</button>
        </div>
      }
    } @else if (problem(); as problem) {
      <p class="muted">
        {{ problem }} <button type="button" class="link-button" (click)="sessions.reload()">Try again</button>
      </p>
    } @else {
      <p class="muted" role="status">Loading…</p>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    .actions {
      margin-top: var(--space-3);
    }
  `,
})
export class AccountSessions {
  readonly user = input.required<AdminUser>();
  readonly changed = output();

  private readonly chatr = inject(Chatr);
  private readonly confirm = inject(Confirm);
  private readonly now = inject(Now);
  private readonly toasts = inject(Toasts);

  protected readonly sessions = resource({
    params: () => this.user().id,
    loader: ({ params }) => this.chatr.admin.sessions(params),
  });
  protected readonly exact = exactTime;

  protected problem(): string | undefined {
    const error = this.sessions.error();
    return error === undefined ? undefined : errorWords(error);
  }

  protected where({ place, address }: Session): string {
    return [place, address].filter((part) => part !== '').join(' · ');
  }

  protected used(session: Session): string {
    return ago(session.lastUsedAt, this.now.value());
  }

  protected end(session: Session): Promise<void> {
    return this.run(() => this.chatr.admin.endSession(this.user().id, session.id), 'That session is over.');
  }

  protected async endAll(): Promise<void> {
    const isSelf = this.user().id === this.chatr.me()?.id;
    const sure = await this.confirm.ask({
      title: `End all sessions of ${this.user().displayName}?`,
      text: isSelf
        ? 'Every device but this one has to sign in again.'
        : 'Every device of theirs is signed out at once and has to sign in again.',
      action: 'End all',
    });
    if (sure) await this.run(() => this.chatr.admin.endSessions(this.user().id), 'Their sessions are over.');
  }

  private async run(act: () => Promise<void>, done: string): Promise<void> {
    if (await this.toasts.attempt(act)) this.toasts.show(done);
    this.sessions.reload();
    this.changed.emit();
  }
}
