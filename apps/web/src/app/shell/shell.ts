import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter, map } from 'rxjs';
import { ChatList } from '../chats';
import { Chatr, Drafts } from '../core';
import { Icon } from '../ui';
import { ConnectionStrip } from './connection-strip';
import { ListWidth, storedListWidth } from './list-width';

/** The frame of everything behind sign-in: the list, and beside it (or over it, on narrow screens) what is open. */
@Component({
  selector: 'chatr-shell',
  imports: [ChatList, ConnectionStrip, Icon, ListWidth, RouterLink, RouterOutlet],
  template: `
    <chatr-connection-strip />
    <div class="panes" [class.detail-open]="detailOpen()" [style.--list-width]="listWidth() + 'px'">
      <section class="list" aria-label="Chats and people">
        <chatr-chat-list />
        <chatr-list-width [(width)]="listWidth" />
      </section>
      <main class="detail"><router-outlet /></main>
    </div>
    @if (!detailOpen()) {
      <nav class="bar" aria-label="Main">
        <a routerLink="/chats" [attr.aria-current]="view() === undefined ? 'page' : null"
          ><chatr-icon name="chats" [size]="22" />Chats</a
        >
        <a
          routerLink="/chats"
          [queryParams]="{ show: 'groups' }"
          [attr.aria-current]="view() === 'groups' ? 'page' : null"
        >
          <chatr-icon name="people" [size]="22" />Groups
        </a>
        <a
          routerLink="/chats"
          [queryParams]="{ show: 'search' }"
          [attr.aria-current]="view() === 'search' ? 'page' : null"
        >
          <chatr-icon name="search" [size]="22" />Search
        </a>
        <a routerLink="/settings"><chatr-icon name="person" [size]="22" />You</a>
      </nav>
    }
  `,
  styleUrl: './shell.css',
})
export class Shell {
  private readonly router = inject(Router);
  private readonly chatr = inject(Chatr);

  private readonly url = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map((event) => event.urlAfterRedirects),
    ),
    { initialValue: this.router.url },
  );

  /** Whether something is open beside the list; on narrow screens it covers the list then. */
  protected readonly detailOpen = computed(() => !/^\/chats(?:$|[?#])/u.test(this.url()));
  protected readonly view = computed(() => this.router.parseUrl(this.url()).queryParamMap.get('show') ?? undefined);

  /** In CSS pixels; large screens have room for more of each row. */
  protected readonly listWidth = signal(storedListWidth() ?? (matchMedia('(min-width: 1440px)').matches ? 360 : 320));

  constructor() {
    const drafts = inject(Drafts);
    // The next person on this page must not find what this one was writing.
    effect(() => {
      if (this.chatr.session() === 'signed-out') untracked(() => drafts.clear());
    });
  }
}
