import { Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { Toasts } from '../core';

const COOLDOWN_S = 30;

/** Asks for another code, not more often than a mail takes to arrive. */
@Component({
  selector: 'chatr-resend-code',
  template: `
    <button type="button" class="link-button" [disabled]="left() > 0" (click)="resend()">{{ label() }}</button>
  `,
})
export class ResendCode {
  /** Asks the server for it. */
  readonly ask = input.required<() => Promise<void>>();

  private readonly toasts = inject(Toasts);
  /** Seconds until the button works again: a code has just been sent when this screen opens. */
  protected readonly left = signal(COOLDOWN_S);
  protected readonly label = computed(() =>
    this.left() > 0 ? `Send another code in ${this.left()} s` : 'Send another code',
  );

  constructor() {
    const timer = setInterval(() => this.left.update((left) => Math.max(0, left - 1)), 1_000);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected async resend(): Promise<void> {
    this.left.set(COOLDOWN_S);
    if (await this.toasts.attempt(this.ask())) this.toasts.show('A new code is on its way.');
  }
}
