import { Component, computed, effect, type ElementRef, inject, signal, untracked, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { FormsModule } from '@angular/forms';
import { MatDialog } from '@angular/material/dialog';
import { MatTooltip } from '@angular/material/tooltip';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import type { User } from '@chatr/client';
import { Chatr, Drafts, Toasts } from '../core';
import { PeopleSearch, PersonRow } from '../people';
import { Brand, EmptyState, Icon, SkeletonRows } from '../ui';
import { AccountMenu } from './account-menu';
import { ChatRow } from './chat-row';
import { belongsInList, matchesQuery } from './chat-filter';
import { RequestsLink } from './requests-link';

/** Every chat of this person, newest activity first; its search field finds chats and people. */
@Component({
  selector: 'chatr-chat-list',
  imports: [
    AccountMenu,
    Brand,
    ChatRow,
    EmptyState,
    FormsModule,
    Icon,
    MatTooltip,
    PersonRow,
    RequestsLink,
    RouterLink,
    SkeletonRows,
  ],
  providers: [PeopleSearch],
  templateUrl: './chat-list.html',
  styleUrl: './chat-list.css',
})
export class ChatList {
  private readonly chatr = inject(Chatr);
  private readonly drafts = inject(Drafts);
  private readonly dialog = inject(MatDialog);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly params = toSignal(inject(ActivatedRoute).queryParamMap);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  protected readonly search = inject(PeopleSearch);
  protected readonly ready = this.chatr.ready;
  protected readonly view = computed(() => this.params()?.get('show') ?? undefined);
  protected readonly query = computed(() => this.search.query().trim());
  protected readonly opening = signal<string | undefined>(undefined);

  private readonly listed = computed(() =>
    this.chatr.chats().filter((chat) => belongsInList(chat) || this.drafts.get(chat.id) !== ''),
  );

  protected readonly unread = computed(
    () => this.listed().filter((chat) => chat.unreadCount > 0 && !chat.request).length,
  );

  /** What strangers wrote has a place of its own; a search finds it all the same. */
  protected readonly requests = computed(() => this.listed().filter((chat) => chat.request).length);

  protected readonly chats = computed(() => {
    const view = this.view();
    const query = this.query();
    return this.listed().filter(
      (chat) =>
        matchesQuery(chat, query) &&
        (query !== '' || chat.request === (view === 'requests')) &&
        (view !== 'groups' || chat.type === 'group') &&
        (view !== 'unread' || chat.unreadCount > 0),
    );
  });

  /** Those with whom there is no chat in the list above them yet. */
  protected readonly people = computed(() => {
    const peers = new Set(this.chats().map((chat) => chat.peerId));
    return this.search.results().filter((user) => !peers.has(user.id));
  });

  constructor() {
    effect(() => {
      if (this.view() === 'search') untracked(() => this.field().nativeElement.focus());
    });
    // Presence of those in the list is what its dots show.
    effect(() => {
      if (this.chatr.connection().state !== 'online') return;
      const peers = this.listed().flatMap((chat) => chat.peerId ?? []);
      untracked(() =>
        this.chatr.requestPresence(peers.filter((id) => this.chatr.presence(id) === undefined).slice(0, 200)),
      );
    });
  }

  protected async openDirect(user: User): Promise<void> {
    this.opening.set(user.id);
    await this.toasts.attempt(async () => {
      const chat = await this.chatr.openDirect(user.id);
      this.search.query.set('');
      await this.router.navigate(['/chats', chat.id]);
    });
    this.opening.set(undefined);
  }

  protected async startChat(): Promise<void> {
    const { NewChatDialog } = await import('./new-chat-dialog');
    this.dialog.open(NewChatDialog, { width: '440px', panelClass: 'sheet-dialog' });
  }

  /** From the search field: down goes into the results, Enter takes the first, Escape clears. */
  protected onKey(event: KeyboardEvent): void {
    const results = this.field()
      .nativeElement.closest('chatr-chat-list')
      ?.querySelectorAll<HTMLElement>('[data-result]');
    if (event.key === 'ArrowDown') results?.[0]?.focus();
    else if (event.key === 'Enter' && this.query() !== '') results?.[0]?.click();
    else if (event.key === 'Escape') this.search.query.set('');
    else return;
    event.preventDefault();
  }

  /** Up and down between rows. */
  protected moveFocus(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !(event.currentTarget instanceof HTMLElement)) return;
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-result]')];
    const next = rows[rows.findIndex((row) => row === document.activeElement) + step];
    if (next === undefined && step < 0) this.field().nativeElement.focus();
    next?.focus();
    event.preventDefault();
  }
}
