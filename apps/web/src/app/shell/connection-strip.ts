import { Component, computed, inject } from '@angular/core';
import { Chatr } from '../core';

/** A quiet line that appears when the connection has been gone for more than a moment. */
@Component({
  selector: 'chatr-connection-strip',
  template: `
    <div role="status">
      @if (words(); as words) {
        <p class="strip">
          <span>{{ words }}</span>
          @if (chatr.connection().state === 'offline') {
            <button type="button" class="link-button" (click)="chatr.reconnectNow()">Try now</button>
          }
        </p>
      }
    </div>
  `,
  styles: `
    .strip {
      display: flex;
      justify-content: center;
      gap: var(--space-3);
      padding: 6px var(--space-4);
      padding-top: max(6px, env(safe-area-inset-top));
      animation: appear var(--motion-slow) var(--motion-ease);
      background: var(--warning-surface);
      color: var(--warning);
      font-size: var(--text-small);
      font-weight: 500;
    }

    .link-button {
      color: inherit;
      text-decoration: underline;
      text-underline-offset: 2px;
    }

    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `,
})
export class ConnectionStrip {
  protected readonly chatr = inject(Chatr);

  protected readonly words = computed(() => {
    const { state } = this.chatr.connection();
    // The very first connection has the skeletons to speak for it.
    if (state === 'online' || (state === 'connecting' && !this.chatr.ready())) return undefined;
    const waiting = this.chatr.waiting();
    const queue = waiting === 0 ? '' : waiting === 1 ? ': 1 message waiting' : `: ${waiting} messages waiting`;
    return `${state === 'offline' ? 'Offline' : 'Connecting'}${queue}`;
  });
}
