import { computed, DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { Chatr } from './chatr';

/** The tab's title and icon: where the person is, and in how many chats something waits for them. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly document = inject(DOCUMENT);
  private readonly chatr = inject(Chatr);
  private readonly page = signal<string | undefined>(undefined);
  /** What a page knows better than its route: the name of the open chat. */
  private readonly subject = signal<string | undefined>(undefined);

  private readonly unreadChats = computed(() =>
    this.chatr.session() === 'signed-in'
      ? this.chatr.chats().filter((chat) => chat.unreadCount > 0 && !chat.request).length
      : 0,
  );

  constructor() {
    super();
    effect(() => {
      const unread = this.unreadChats();
      const name = this.subject() ?? this.page();
      this.document.title = `${unread > 0 ? `(${unread}) ` : ''}${name === undefined ? 'Chatr' : `${name} · Chatr`}`;
    });
    effect(() => this.drawIcon(this.unreadChats() > 0));
  }

  override updateTitle(state: RouterStateSnapshot): void {
    this.page.set(this.buildTitle(state));
  }

  /** Undefined: the route's own title again. */
  setSubject(subject: string | undefined): void {
    this.subject.set(subject);
  }

  private drawIcon(unread: boolean): void {
    const link = this.document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    link?.setAttribute('href', unread ? 'favicon-unread.svg' : 'favicon.svg');
  }
}
