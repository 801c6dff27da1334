import { computed, inject, Injectable, linkedSignal, resource, signal } from '@angular/core';
import type { User } from '@chatr/client';
import { Chatr, errorWords, People } from '../core';

/** A search asks the server once typing has paused. */
const PAUSE_MS = 180;

/** People whose name or username holds what is typed; everybody while nothing is. Provide one for each search field. */
@Injectable()
export class PeopleSearch {
  private readonly chatr = inject(Chatr);
  private readonly people = inject(People);

  readonly query = signal('');

  private readonly found = resource({
    params: () => ({ query: this.query().trim().slice(0, 100) }),
    loader: async ({ params, abortSignal }) => {
      await pause(PAUSE_MS, abortSignal);
      // The next key stroke asks instead.
      if (abortSignal.aborted) return [];
      const { items } = await this.chatr.users.search(params.query);
      this.people.remember(items);
      return items;
    },
  });

  readonly loading = this.found.isLoading;

  readonly problem = computed(() => {
    const error = this.found.error();
    return error === undefined ? undefined : errorWords(error);
  });

  /** Without this person; those of the last search stay until the next has come. */
  readonly results = linkedSignal<readonly User[] | undefined, readonly User[]>({
    source: () => (this.found.hasValue() ? this.found.value() : undefined),
    computation: (items, previous) => items?.filter((user) => user.id !== this.chatr.me()?.id) ?? previous?.value ?? [],
  }).asReadonly();
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
