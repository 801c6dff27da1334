import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, computed, effect, inject, input, linkedSignal, untracked, viewChild } from '@angular/core';
import type { MessageView } from '@chatr/client';
import { Attention, Chatr, dayLabel, Now, People, problemWords, summary } from '../core';
import { EmptyState, Icon } from '../ui';
import { MessageBubble } from './message-bubble';
import { messageDays } from './message-days';
import { ScrollKeeper } from './scroll-keeper';

/** The messages of one chat, under their days; older ones come while scrolling up. One instance for each opened chat. */
@Component({
  selector: 'chatr-message-list',
  imports: [EmptyState, Icon, MessageBubble, ScrollKeeper],
  templateUrl: './message-list.html',
  styleUrl: './message-list.css',
})
export class MessageList {
  readonly chatId = input.required<string>();

  private readonly chatr = inject(Chatr);
  private readonly attention = inject(Attention);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly now = inject(Now);
  private readonly people = inject(People);
  private readonly keeper = viewChild(ScrollKeeper);

  protected readonly chat = computed(() => this.chatr.chat(this.chatId()));
  protected readonly messages = computed(() => this.chatr.messages(this.chatId()));
  protected readonly history = computed(() => this.chatr.history(this.chatId()));
  protected readonly group = computed(() => this.chat()?.type === 'group');

  /** Up to where this person had read when they came, or when they looked away: new is what is above it. */
  private readonly readBefore = linkedSignal<string, number | undefined>({
    source: this.chatId,
    computation: () => untracked(() => (this.chat()?.unreadCount ? this.chat()?.lastReadSeq : undefined)),
  });

  protected readonly days = computed(() => messageDays(this.messages(), this.readBefore()));
  protected readonly atEnd = computed(() => this.keeper()?.atEnd() ?? true);
  protected readonly unread = computed(() => Math.min(this.chat()?.unreadCount ?? 0, 99));

  protected readonly problem = computed(() => {
    const error = this.history().error;
    return error && problemWords(error);
  });

  constructor() {
    effect(() => {
      const { loaded, loading, error } = this.history();
      if (!loaded && !loading && error === undefined) untracked(() => void this.chatr.loadNewest(this.chatId()));
    });
    effect(() => {
      if (!this.attention.here()) untracked(() => this.readBefore.set(this.chat()?.lastReadSeq));
    });
    effect(() => this.markRead());
    this.announceNewOnes();
  }

  /** Own messages are written at the end, so that is where one looks after sending. */
  toEnd(): void {
    this.keeper()?.toEnd();
  }

  protected label(moment: string): string {
    return dayLabel(moment, this.now.value());
  }

  protected loadOlder(): void {
    const { hasOlder, loading, error } = this.history();
    if (hasOlder && !loading && error === undefined) void this.chatr.loadOlder(this.chatId());
  }

  protected retry(): void {
    void (this.history().loaded ? this.chatr.loadOlder(this.chatId()) : this.chatr.loadNewest(this.chatId()));
  }

  /** Goes to the message that was answered, and lets it flash. */
  protected jumpTo(seq: number): void {
    if (this.keeper()?.toRow(`[data-seq="${seq}"]`) !== true) return;
    const row = document.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
    row?.classList.remove('flash');
    requestAnimationFrame(() => row?.classList.add('flash'));
    row?.focus({ preventScroll: true });
  }

  /** Up and down between messages, Enter for what can be done with one. */
  protected onKey(event: KeyboardEvent): void {
    const target = event.target;
    if (
      !(event.currentTarget instanceof HTMLElement) ||
      !(target instanceof HTMLElement) ||
      event.ctrlKey ||
      event.metaKey
    )
      return;
    const row = target.closest<HTMLElement>('[data-row]');
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
      const next = row === null ? rows.at(-1) : rows[rows.indexOf(row) + (event.key === 'ArrowUp' ? -1 : 1)];
      next?.focus();
    } else if (event.key === 'Enter' && target === row) {
      row.querySelector<HTMLElement>('[data-menu]')?.click();
    } else return;
    event.preventDefault();
  }

  /** Read is what somebody has had before their eyes: the page in front, the end of the chat in sight. */
  private markRead(): void {
    const newest = this.messages().findLast((message) => message.seq !== undefined)?.seq;
    if (newest === undefined || !this.attention.here() || !this.atEnd() || !this.history().loaded) return;
    if (newest > (this.chat()?.lastReadSeq ?? 0)) untracked(() => this.chatr.markRead(this.chatId(), newest));
  }

  private announceNewOnes(): void {
    let last: MessageView | undefined;
    effect(() => {
      const newest = this.messages().at(-1);
      const loaded = this.history().loaded;
      untracked(() => {
        const isNext = last !== undefined && (newest?.seq ?? 0) > (last.seq ?? 0);
        if (loaded && isNext && newest !== undefined && !newest.mine)
          void this.announcer.announce(this.spoken(newest), 'polite');
        if (loaded && newest?.seq !== undefined) last = newest;
      });
    });
  }

  private spoken(message: MessageView): string {
    const words = summary(message, this.chatr.me()?.id ?? '', (id) => this.people.name(id));
    return message.type === 'system' ? words : `${this.people.name(message.senderId)}: ${words}`;
  }
}
