import { DestroyRef, inject, Injectable, signal } from '@angular/core';

const STEP_MS = 30_000;

/** The present moment, good to half a minute: what keeps "2 minutes ago" and "Today" true while a page stays open. */
@Injectable({ providedIn: 'root' })
export class Now {
  private readonly moment = signal(new Date());

  readonly value = this.moment.asReadonly();

  constructor() {
    const timer = setInterval(() => this.moment.set(new Date()), STEP_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
