import { Component, inject, resource } from '@angular/core';
import type { Session } from '@chatr/client';
import { ago, Chatr, errorWords, exactTime, Now, Toasts } from '../core';
import { Confirm, Icon } from '../ui';

/** Where this person is signed in, and a way to end it there. */
@Component({
  selector: 'chatr-session-settings',
  imports: [Icon],
  template: `
    <h2>Where you are signed in</h2>
    @if (sessions.hasValue()) {
      <ul>
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
        }
      </ul>
      @if (sessions.value().length > 1) {
        <div class="actions">
          <button type="button" class="button" (click)="endOthers()">Sign out everywhere else</button>
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
export class SessionSettings {
  private readonly chatr = inject(Chatr);
  private readonly confirm = inject(Confirm);
  private readonly now = inject(Now);
  private readonly toasts = inject(Toasts);

  protected readonly sessions = resource({ loader: () => this.chatr.auth.sessions() });
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

  protected async endOthers(): Promise<void> {
    const sure = await this.confirm.ask({
      title: 'Sign out everywhere else?',
      text: 'Every device but this one has to sign in again.',
      action: 'Sign out',
    });
    if (!sure) return;
    if (await this.toasts.attempt(() => this.chatr.auth.endOtherSessions())) this.toasts.show('Signed out elsewhere.');
    this.sessions.reload();
  }

  protected async end(session: Session): Promise<void> {
    if (await this.toasts.attempt(() => this.chatr.auth.endSession(session.id))) this.toasts.show('Signed out there.');
    this.sessions.reload();
  }
}
