import { Component, DestroyRef, inject, signal } from '@angular/core';
import { Chatr } from '../core';
import { Brand } from '../ui';

const RETRY_MS = 4_000;

/** The server did not answer when the page opened. Asks again by itself; nobody is signed out for it. */
@Component({
  selector: 'chatr-unreachable',
  imports: [Brand],
  template: `
    <main>
      <chatr-brand [size]="40" />
      <h1>The server cannot be reached</h1>
      <p>You are still signed in. This page goes on by itself as soon as the server answers.</p>
      <button type="button" class="button button-primary" [disabled]="asking()" (click)="ask()">Try now</button>
    </main>
  `,
  styles: `
    :host {
      display: grid;
      height: 100%;
      padding: var(--space-6);
      place-items: center;
    }

    main {
      display: grid;
      max-width: 44ch;
      gap: var(--space-4);
      justify-items: center;
      text-align: center;
      text-wrap: balance;
    }

    p {
      color: var(--text-muted);
    }
  `,
})
export class Unreachable {
  private readonly chatr = inject(Chatr);

  protected readonly asking = signal(false);

  constructor() {
    const timer = setInterval(() => void this.ask(), RETRY_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected async ask(): Promise<void> {
    if (this.asking()) return;
    this.asking.set(true);
    await this.chatr.restore();
    this.asking.set(false);
  }
}
