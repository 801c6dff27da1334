import { DestroyRef, inject, Injectable } from '@angular/core';
import { ChatrError } from '@chatr/client';
import { Passkeys } from '../core';

/** The server's challenge is good for five minutes: a new one comes in time. */
const RENEW_MS = 240_000;

/** The browser's own offer of passkeys where the name is typed. It lasts as long as the screen that provides this. */
@Injectable()
export class PasskeyOffer {
  private readonly passkeys = inject(Passkeys);
  private signedIn: (() => unknown) | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts up with each offer, so that one which was overtaken knows it. */
  private round = 0;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.pause();
      if (this.signedIn !== undefined) void this.passkeys.stop();
    });
  }

  /** @param signedIn what to do once somebody has accepted */
  begin(signedIn: () => unknown): void {
    this.signedIn = signedIn;
    this.resume();
  }

  /** For as long as something else asks the browser for a passkey, which ends the offer. */
  pause(): void {
    this.round += 1;
    clearTimeout(this.timer);
  }

  resume(): void {
    this.pause();
    this.timer = setTimeout(() => this.resume(), RENEW_MS);
    void this.make(this.round);
  }

  private async make(round: number): Promise<void> {
    try {
      if (await this.passkeys.offer(() => round === this.round)) this.signedIn?.();
    } catch (error) {
      // Nobody asked for the offer, so nobody hears of its end: name, password and the button are there still.
      if (!(error instanceof ChatrError)) throw error;
    }
  }
}
