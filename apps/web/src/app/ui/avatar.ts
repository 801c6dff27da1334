import { Component, computed, input } from '@angular/core';
import type { Presence } from '@chatr/client';
import { colourOf, initials } from './initials';

const COLOURS = 8;

/** Somebody's picture, or their initials on a colour of their own; decorative, since the name always stands beside it. */
@Component({
  selector: 'chatr-avatar',
  template: `
    @if (url(); as source) {
      <img [src]="source" alt="" loading="lazy" />
    } @else {
      <span class="initials" [attr.data-letters]="letters()"></span>
    }
    @if (presence() === 'online' || presence() === 'away') {
      <span class="dot" [class.away]="presence() === 'away'"></span>
    }
  `,
  styles: `
    :host {
      position: relative;
      display: inline-grid;
      width: var(--size);
      height: var(--size);
      flex: none;
      place-items: center;
      border-radius: var(--radius-full);
      background: var(--fill);
      color: var(--ink);
      font-size: calc(var(--size) * 0.36);
      font-weight: 620;
      letter-spacing: 0;
      user-select: none;
    }

    img {
      width: 100%;
      height: 100%;
      border-radius: inherit;
      object-fit: cover;
    }

    /* Drawn rather than written, so that they are no part of what the button or link around them is called. */
    .initials::before {
      content: attr(data-letters);
    }

    .dot {
      position: absolute;
      right: -1px;
      bottom: -1px;
      width: max(12px, calc(var(--size) * 0.27));
      height: max(12px, calc(var(--size) * 0.27));
      border: 2px solid var(--ring, var(--surface));
      border-radius: var(--radius-full);
      background: var(--positive);
    }

    .dot.away {
      background: var(--ring, var(--surface));
      box-shadow: inset 0 0 0 3px var(--positive);
    }
  `,
  host: {
    'aria-hidden': 'true',
    '[style.--size]': 'size() + "px"',
    '[style.--fill]': '"var(--avatar-fill-" + colour() + ")"',
    '[style.--ink]': '"var(--avatar-text-" + colour() + ")"',
  },
})
export class Avatar {
  readonly id = input.required<string>();
  readonly name = input.required<string>();
  readonly url = input<string | null>(null);
  /** In CSS pixels. */
  readonly size = input(44);
  readonly presence = input<Presence['status']>();

  protected readonly letters = computed(() => initials(this.name()));
  protected readonly colour = computed(() => colourOf(this.id(), COLOURS));
}
