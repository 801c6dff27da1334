import { Component, DOCUMENT, inject, model } from '@angular/core';

/** In CSS pixels. */
const NARROWEST = 260;
const WIDEST = 420;
const STEP = 10;
const STORAGE_KEY = 'chatr.list-width';

/** The width chosen before on this device; undefined: none was. */
export function storedListWidth(): number | undefined {
  try {
    const width = Number(localStorage.getItem(STORAGE_KEY));
    return width >= NARROWEST && width <= WIDEST ? width : undefined;
  } catch {
    return undefined;
  }
}

/** The edge between the list and what is beside it: dragged with a pointer, or moved with the arrow keys. */
@Component({
  selector: 'chatr-list-width',
  template: '',
  styles: `
    :host {
      position: absolute;
      z-index: 5;
      width: 9px;
      cursor: col-resize;
      inset-block: 0;
      inset-inline-end: -5px;
      outline-offset: -3px;
      touch-action: none;
    }

    :host(:hover)::after {
      position: absolute;
      width: 2px;
      background: var(--focus);
      content: '';
      inset-block: 0;
      inset-inline-start: 3px;
      opacity: 0.5;
    }

    @media (max-width: 899px) {
      :host {
        display: none;
      }
    }
  `,
  host: {
    role: 'separator',
    tabindex: '0',
    'aria-label': 'Width of the chat list',
    'aria-orientation': 'vertical',
    '[attr.aria-valuemin]': 'narrowest',
    '[attr.aria-valuemax]': 'widest',
    '[attr.aria-valuenow]': 'width()',
    '(pointerdown)': 'grab($event)',
    '(pointermove)': 'drag($event)',
    '(lostpointercapture)': 'keep()',
    '(keydown)': 'onKey($event)',
  },
})
export class ListWidth {
  /** Of the list, in CSS pixels. */
  readonly width = model.required<number>();

  protected readonly narrowest = NARROWEST;
  protected readonly widest = WIDEST;
  private readonly document = inject(DOCUMENT);

  protected grab(event: PointerEvent): void {
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  protected drag(event: PointerEvent): void {
    if (!(event.target as HTMLElement).hasPointerCapture(event.pointerId)) return;
    this.take(this.isMirrored() ? this.document.documentElement.clientWidth - event.clientX : event.clientX);
  }

  protected onKey(event: KeyboardEvent): void {
    const wider = this.isMirrored() ? 'ArrowLeft' : 'ArrowRight';
    const narrower = this.isMirrored() ? 'ArrowRight' : 'ArrowLeft';
    if (event.key === wider) this.take(this.width() + STEP);
    else if (event.key === narrower) this.take(this.width() - STEP);
    else return;
    event.preventDefault();
    this.keep();
  }

  protected keep(): void {
    try {
      localStorage.setItem(STORAGE_KEY, String(this.width()));
    } catch {
      // Storage may be forbidden; the width then lasts as long as the page.
    }
  }

  private take(width: number): void {
    this.width.set(Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))));
  }

  private isMirrored(): boolean {
    return this.document.documentElement.dir === 'rtl';
  }
}
