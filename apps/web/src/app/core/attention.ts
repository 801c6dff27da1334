import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { Chatr } from './chatr';

/** A tab that nobody looked at for this long makes its person "away". */
const AWAY_AFTER_MS = 5 * 60_000;

/** Whether somebody is looking at this page: what is on it counts as read only then. */
@Injectable({ providedIn: 'root' })
export class Attention {
  private readonly document = inject(DOCUMENT);
  private readonly chatr = inject(Chatr);
  private readonly looking = signal(this.isLooking());
  private awayTimer: ReturnType<typeof setTimeout> | undefined;
  private away = false;

  readonly here = this.looking.asReadonly();

  constructor() {
    const view = this.document.defaultView;
    const update = (): void => this.update();
    view?.addEventListener('focus', update);
    view?.addEventListener('blur', update);
    this.document.addEventListener('visibilitychange', update);
    inject(DestroyRef).onDestroy(() => {
      view?.removeEventListener('focus', update);
      view?.removeEventListener('blur', update);
      this.document.removeEventListener('visibilitychange', update);
      clearTimeout(this.awayTimer);
    });
  }

  private isLooking(): boolean {
    return this.document.visibilityState === 'visible' && this.document.hasFocus();
  }

  private update(): void {
    const here = this.isLooking();
    this.looking.set(here);
    clearTimeout(this.awayTimer);
    if (here) this.tell(false);
    else this.awayTimer = setTimeout(() => this.tell(true), AWAY_AFTER_MS);
  }

  private tell(away: boolean): void {
    if (away === this.away || this.chatr.session() !== 'signed-in') return;
    this.away = away;
    this.chatr.setPresence(away ? 'away' : 'online');
  }
}
