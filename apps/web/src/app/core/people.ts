import { computed, inject, Injectable, signal } from '@angular/core';
import { ChatrError, type User } from '@chatr/client';
import { Chatr } from './chatr';

/** Who people are: from the members of the chats, and from the server for those whom no list names. */
@Injectable({ providedIn: 'root' })
export class People {
  private readonly chatr = inject(Chatr);
  private readonly fetched = signal<ReadonlyMap<string, User>>(new Map());
  private readonly asked = new Set<string>();

  private readonly known = computed(() => {
    const people = new Map(this.fetched());
    for (const chat of this.chatr.chats())
      for (const member of chat.members ?? []) people.set(member.user.id, member.user);
    const me = this.chatr.me();
    if (me !== undefined) people.set(me.id, me);
    return people;
  });

  /** Undefined until it is known; asking makes it known. */
  get(userId: string): User | undefined {
    const user = this.known().get(userId);
    if (user === undefined) void this.fetch(userId);
    return user;
  }

  /** What to call somebody in a sentence. */
  name(userId: string): string {
    return this.get(userId)?.displayName ?? 'Somebody';
  }

  /** Somebody whom a search has just found need not be asked for again. */
  remember(users: readonly User[]): void {
    this.fetched.update((people) => new Map([...people, ...users.map((user) => [user.id, user] as const)]));
  }

  private async fetch(userId: string): Promise<void> {
    if (this.asked.has(userId)) return;
    this.asked.add(userId);
    try {
      this.remember([await this.chatr.users.get(userId)]);
    } catch (error) {
      if (!(error instanceof ChatrError)) throw error;
      // The next message of theirs asks again, unless the server has said that there is no such person.
      if (error.status !== 404) this.asked.delete(userId);
    }
  }
}
