import { computed, inject, Injectable, resource } from '@angular/core';
import type { Contact, User } from '@chatr/client';
import { Chatr } from './chatr';

/** The people whom this person has added: fetched when something shows them, and again when they change on any device. */
@Injectable({ providedIn: 'root' })
export class Contacts {
  private readonly chatr = inject(Chatr);

  private readonly fetched = resource({
    params: () => {
      const me = this.chatr.me()?.id;
      return me === undefined ? undefined : { me, version: this.chatr.contactsVersion() };
    },
    loader: () => this.fetchAll(),
  });

  /** In the order of their names. */
  readonly people = computed<readonly User[]>(() =>
    (this.fetched.hasValue() ? this.fetched.value() : [])
      .map((contact) => contact.user)
      .sort((a, b) => a.displayName.localeCompare(b.displayName)),
  );
  private readonly ids = computed(() => new Set(this.people().map((user) => user.id)));

  readonly loading = this.fetched.isLoading;
  readonly error = this.fetched.error;

  has(userId: string): boolean {
    return this.ids().has(userId);
  }

  async add(userId: string): Promise<void> {
    await this.chatr.contacts.add(userId);
    this.reload();
  }

  async remove(userId: string): Promise<void> {
    await this.chatr.contacts.remove(userId);
    this.reload();
  }

  reload(): void {
    this.fetched.reload();
  }

  private async fetchAll(): Promise<Contact[]> {
    const contacts: Contact[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.chatr.contacts.list(cursor);
      contacts.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return contacts;
  }
}
