import { Component, computed, input } from '@angular/core';
import type { MessageView } from '@chatr/client';

type Stage = 'sending' | 'failed' | 'sent' | 'delivered' | 'read';

const WORDS: Record<Stage, string> = {
  sending: 'Sending',
  failed: 'Not sent',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
};

/** How far an own message has come: a clock, one tick, two, two in the accent colour; in words for screen readers. */
@Component({
  selector: 'chatr-ticks',
  template: `
    @if (stage(); as stage) {
      <svg viewBox="0 0 18 12" width="18" height="12" aria-hidden="true" [class]="stage">
        @switch (stage) {
          @case ('sending') {
            <path d="M12 3.6V6l1.6 1.1M12 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Z" />
          }
          @case ('failed') {
            <path d="M12 3.5v3m0 2v.1M12 1.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6Z" />
          }
          @case ('sent') {
            <path d="m6.5 6.5 3 3 6-7" />
          }
          @default {
            <path d="m1.5 6.5 3 3 6-7m-1.3 6.2.8.8 6-7" />
          }
        }
      </svg>
      <span class="visually-hidden">{{ words() }}</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      align-items: center;
      color: var(--tick, var(--text-muted));
    }

    svg {
      fill: none;
      stroke: currentcolor;
      stroke-linecap: round;
      stroke-linejoin: round;
      stroke-width: 1.5;
    }

    .read {
      color: var(--tick-read, var(--text-accent));
      stroke-width: 1.9;
    }

    .failed {
      color: var(--danger);
    }
  `,
  host: { '[attr.data-stage]': 'stage()', '[attr.title]': 'words()' },
})
export class Ticks {
  readonly message = input.required<Pick<MessageView, 'state' | 'status'>>();

  /** Undefined for a message that carries no receipts. */
  protected readonly stage = computed<Stage | undefined>(() => {
    const { state, status } = this.message();
    return state === 'confirmed' ? status : state;
  });

  protected readonly words = computed(() => {
    const stage = this.stage();
    return stage && WORDS[stage];
  });
}
