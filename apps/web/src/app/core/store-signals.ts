import { signal, type WritableSignal } from '@angular/core';
import type { StoreChange } from '@chatr/client';

/** One counter for each thing of the store that something has read: the store's own objects stay the only copy. */
export class StoreSignals {
  private readonly versions = new Map<string, WritableSignal<number>>();

  /** Whatever calls it inside a template, `computed` or `effect` is run again when that very thing changes. */
  track(key: string): void {
    let version = this.versions.get(key);
    if (version === undefined) this.versions.set(key, (version = signal(0)));
    version();
  }

  announce(change: StoreChange): void {
    if (change.chats) this.bump('chats');
    for (const id of change.chatIds) this.bump(`chat ${id}`);
    for (const id of change.presence) this.bump(`presence ${id}`);
    for (const id of change.typing) this.bump(`typing ${id}`);
  }

  /** The store is another person's. */
  announceAll(): void {
    for (const version of this.versions.values()) version.update((value) => value + 1);
  }

  private bump(key: string): void {
    this.versions.get(key)?.update((value) => value + 1);
  }
}
