import { LIMITS } from '@chatr/contracts';

/** What of one answer's size is left. */
export class ByteBudget {
  private left: number = LIMITS.syncBytes;

  /** Takes as much where it fits, else nothing. @returns whether it fitted */
  take(bytes: number): boolean {
    if (bytes > this.left) return false;
    this.left -= bytes;
    return true;
  }

  /** Takes as much, even where it does not fit. */
  force(bytes: number): void {
    this.left -= bytes;
  }

  /** How many of these things, of so many bytes each, fit one after the other; takes them. */
  takeSome(sizes: readonly number[]): number {
    const cut = sizes.findIndex((bytes) => !this.take(bytes));
    return cut === -1 ? sizes.length : cut;
  }
}
