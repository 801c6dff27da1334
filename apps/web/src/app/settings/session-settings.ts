import { Component, inject, resource } from '@angular/core';
import type { Session } from '@chatr/client';
import { ago, Chatr, errorWords, exactTime, Now, Toasts } from '../core';
import { Icon } from '../ui';
import { deviceWords } from './device-words';

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
              <span class="title one-line">{{ device(session) }}</span>
              <span class="muted one-line" [title]="exact(session.lastUsedAt)"
                >{{ session.address }} · active {{ used(session) }}</span
              >
            </span>
            @if (session.current) {
              <span class="badge">This device</span>
            } @else {
              <button
                type="button"
                class="button button-small"
                [attr.aria-label]="'End session: ' + device(session)"
                (click)="end(session)"
              >
                End
              </button>
            }
          </li>
        }
      </ul>
    } @else if (problem(); as problem) {
      <p class="muted">
        {{ problem }} <button type="button" class="link-button" (click)="sessions.reload()">Try again</button>
      </p>
    } @else {
      <p class="muted" role="status">Loading…</p>
    }
  `,
  styleUrl: '../ui/card.css',
})
export class SessionSettings {
  private readonly chatr = inject(Chatr);
  private readonly now = inject(Now);
  private readonly toasts = inject(Toasts);

  protected readonly sessions = resource({ loader: () => this.chatr.auth.sessions() });
  protected readonly exact = exactTime;

  protected problem(): string | undefined {
    const error = this.sessions.error();
    return error === undefined ? undefined : errorWords(error);
  }

  protected device(session: Session): string {
    return deviceWords(session.userAgent);
  }

  protected used(session: Session): string {
    return ago(session.lastUsedAt, this.now.value());
  }

  protected async end(session: Session): Promise<void> {
    if (await this.toasts.attempt(() => this.chatr.auth.endSession(session.id))) this.toasts.show('Signed out there.');
    this.sessions.reload();
  }
}
