import { Component, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import type { ChatView } from '@chatr/client';
import { Chatr, Toasts } from '../core';
import { Blocking } from '../people';

/** What stands between the two of a direct chat, and what can be done about it: a request that waits, or a block. */
@Component({
  selector: 'chatr-standing-bar',
  template: `
    @if (chat().blocked) {
      <section class="bar" aria-label="Blocked">
        <p>
          You blocked <bdi>{{ chat().name }}</bdi>.
        </p>
        <div class="actions">
          <button type="button" class="button button-small" (click)="unblock()">Unblock</button>
        </div>
      </section>
    } @else if (chat().request) {
      <section class="bar asks" aria-label="Message request">
        <p>
          <strong
            ><bdi>{{ chat().name }}</bdi> wants to write to you.</strong
          >
          Until you accept or answer, they do not see whether you are online or have read this.
        </p>
        <div class="actions">
          <button type="button" class="button button-plain button-danger button-small" (click)="block()">Block</button>
          <button type="button" class="button button-small" (click)="decline()">Decline</button>
          <button type="button" class="button button-primary button-small" (click)="accept()">Accept</button>
        </div>
      </section>
    }
  `,
  styles: `
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--space-3);
      padding: var(--space-3) var(--space-4);
      border-top: 1px solid var(--line);
      background: var(--surface-selected);
      font-size: var(--text-small);
    }

    .asks {
      margin-bottom: var(--space-2);
    }

    p {
      min-width: min(260px, 100%);
      flex: 1;
      overflow-wrap: anywhere;
    }

    .actions {
      display: flex;
      gap: var(--space-2);
      margin-inline-start: auto;
    }
  `,
})
export class StandingBar {
  readonly chat = input.required<ChatView>();

  private readonly blocking = inject(Blocking);
  private readonly chatr = inject(Chatr);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);

  protected async accept(): Promise<void> {
    await this.toasts.attempt(() => this.chatr.acceptRequest(this.chat().id));
  }

  protected async decline(): Promise<void> {
    if (await this.toasts.attempt(() => this.chatr.declineRequest(this.chat().id)))
      await this.router.navigateByUrl('/chats');
  }

  /** Who blocks a stranger does not want the request any longer, either. */
  protected async block(): Promise<void> {
    const { peerId, name } = this.chat();
    if (peerId === undefined) return;
    if (await this.blocking.block({ id: peerId, displayName: name })) await this.decline();
  }

  protected async unblock(): Promise<void> {
    const { peerId } = this.chat();
    if (peerId !== undefined) await this.blocking.unblock({ id: peerId });
  }
}
