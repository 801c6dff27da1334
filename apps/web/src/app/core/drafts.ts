import { Injectable, signal } from '@angular/core';

/** What has been typed and not sent, for each chat; lasts as long as the page. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly texts = signal<ReadonlyMap<string, string>>(new Map());

  get(chatId: string): string {
    return this.texts().get(chatId) ?? '';
  }

  set(chatId: string, text: string): void {
    this.texts.update((before) => {
      const after = new Map(before);
      if (text.trim() === '') after.delete(chatId);
      else after.set(chatId, text);
      return after;
    });
  }

  clear(): void {
    this.texts.set(new Map());
  }
}
