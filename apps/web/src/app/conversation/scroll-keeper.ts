import { afterNextRender, DestroyRef, Directive, ElementRef, inject, input, output, signal } from '@angular/core';

/** Closer to the end than this counts as being there, in CSS pixels. */
const END_PX = 40;
/** Older messages are asked for while there is still this much above. */
const EARLY_PX = 900;

/**
 * Keeps what somebody reads where it is, whatever grows above or below it: at the end it stays at the end, anywhere else the
 * topmost visible row keeps its place. The resize observer runs after layout and before paint, so nothing is seen to move.
 * Rows are the elements with `data-row`; one with `data-new` is where reading begins.
 */
@Directive({
  selector: '[chatrScrollKeeper]',
  exportAs: 'scrollKeeper',
  host: { '(scroll)': 'onScroll()', style: 'overflow-anchor: none' },
})
export class ScrollKeeper {
  /** The element inside that grows. */
  readonly content = input.required<HTMLElement>({ alias: 'chatrScrollKeeper' });
  readonly nearStart = output();

  /** Whether the newest message is in sight. */
  readonly atEnd = signal(true);

  private readonly viewport = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private anchor: { row: HTMLElement; top: number } | undefined;
  private placed = false;

  constructor() {
    const observer = new ResizeObserver(() => this.settle());
    afterNextRender(() => {
      observer.observe(this.viewport);
      observer.observe(this.content());
    });
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }

  toEnd(): void {
    this.atEnd.set(true);
    this.viewport.scrollTop = this.viewport.scrollHeight;
  }

  /** Brings a row into the middle. False where it is not there. */
  toRow(selector: string): boolean {
    const row = this.content().querySelector<HTMLElement>(selector);
    row?.scrollIntoView({ block: 'center' });
    return row !== null;
  }

  protected onScroll(): void {
    this.atEnd.set(this.distanceToEnd() < END_PX);
    this.remember();
    if (this.placed && this.viewport.scrollTop < EARLY_PX) this.nearStart.emit();
  }

  private settle(): void {
    if (!this.placed) this.place();
    else if (this.atEnd()) this.viewport.scrollTop = this.viewport.scrollHeight;
    else if (this.anchor?.row.isConnected) this.viewport.scrollTop += this.topOf(this.anchor.row) - this.anchor.top;
    this.remember();
    if (this.placed && this.viewport.scrollTop < EARLY_PX) this.nearStart.emit();
  }

  /** Where reading begins: at the first new message, else at the end. */
  private place(): void {
    if (this.rows().length === 0) return;
    this.placed = true;
    const fresh = this.content().querySelector<HTMLElement>('[data-new]');
    this.viewport.scrollTop =
      fresh === null ? this.viewport.scrollHeight : this.viewport.scrollTop + this.topOf(fresh) - 96;
    this.atEnd.set(this.distanceToEnd() < END_PX);
  }

  private remember(): void {
    const row = this.firstVisible();
    this.anchor = row && { row, top: this.topOf(row) };
  }

  /** By halving: there may be thousands of rows, and each look at one costs. */
  private firstVisible(): HTMLElement | undefined {
    const rows = this.rows();
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = rows[middle];
      if (row !== undefined && this.topOf(row) + row.offsetHeight <= 0) low = middle + 1;
      else high = middle;
    }
    return rows[low];
  }

  private rows(): NodeListOf<HTMLElement> {
    return this.content().querySelectorAll<HTMLElement>('[data-row]');
  }

  private topOf(row: HTMLElement): number {
    return row.getBoundingClientRect().top - this.viewport.getBoundingClientRect().top;
  }

  private distanceToEnd(): number {
    return this.viewport.scrollHeight - this.viewport.scrollTop - this.viewport.clientHeight;
  }
}
