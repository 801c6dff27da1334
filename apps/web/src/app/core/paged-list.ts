import { computed, signal } from '@angular/core';
import { errorWords } from './problem-words';

interface Page<T> {
  items: readonly T[];
  nextCursor: string | null;
}

/** A list that comes page by page. An answer that a newer question has overtaken counts for nothing. */
export class PagedList<T> {
  private readonly loaded = signal<Page<T> | undefined>(undefined);
  private readonly failure = signal<unknown>(undefined);
  private asked = 0;

  readonly busy = signal(false);
  /** Undefined until the first page has come. */
  readonly items = computed(() => this.loaded()?.items);
  readonly hasMore = computed(() => (this.loaded()?.nextCursor ?? null) !== null);
  /** Why the last page did not come, in words. */
  readonly problem = computed(() => (this.failure() === undefined ? undefined : errorWords(this.failure())));

  constructor(private readonly load: (cursor?: string) => Promise<Page<T>>) {}

  /** Begins anew; what is shown stays until the answer is there. */
  reload(): Promise<void> {
    return this.ask(undefined);
  }

  more(): Promise<void> {
    return this.ask(this.loaded() ?? undefined);
  }

  private async ask(before: Page<T> | undefined): Promise<void> {
    const number = ++this.asked;
    this.busy.set(true);
    this.failure.set(undefined);
    try {
      const page = await this.load(before?.nextCursor ?? undefined);
      if (number !== this.asked) return;
      this.loaded.set({ items: [...(before?.items ?? []), ...page.items], nextCursor: page.nextCursor });
    } catch (error) {
      if (number === this.asked) this.failure.set(error);
    } finally {
      if (number === this.asked) this.busy.set(false);
    }
  }
}
