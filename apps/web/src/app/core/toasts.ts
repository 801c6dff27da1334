import { inject, Injectable } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { errorWords } from './problem-words';

const SHOWN_MS = 5_000;

/** Short notes at the edge of the screen, read aloud too. */
@Injectable({ providedIn: 'root' })
export class Toasts {
  private readonly bar = inject(MatSnackBar);

  show(text: string): void {
    this.bar.open(text, undefined, { duration: SHOWN_MS });
  }

  /** Runs what may be refused by the server, and says so if it is. Whether it went through. */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      this.bar.open(errorWords(error), 'Close', { duration: SHOWN_MS * 2 });
      return false;
    }
  }
}
