import { Component, computed, inject, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import type { ChatView } from '@chatr/client';
import { Chatr, Drafts, exactTime, listTime, Now, People, summary, typingWords } from '../core';
import { Avatar, Ticks } from '../ui';

/** One chat in the list: who, the latest word, when, and how much is unread. */
@Component({
  selector: 'chatr-chat-row',
  imports: [Avatar, RouterLink, RouterLinkActive, Ticks],
  templateUrl: './chat-row.html',
  styleUrl: './chat-row.css',
})
export class ChatRow {
  readonly chat = input.required<ChatView>();

  private readonly chatr = inject(Chatr);
  private readonly drafts = inject(Drafts);
  private readonly now = inject(Now);
  private readonly people = inject(People);

  protected readonly presence = computed(() => {
    const peer = this.chat().peerId;
    return peer === undefined ? undefined : this.chatr.presence(peer)?.status;
  });

  protected readonly draft = computed(() => this.drafts.get(this.chat().id).trim());

  protected readonly typing = computed(() => {
    const { id, type } = this.chat();
    return typingWords(this.chatr.typing(id), type === 'direct', (userId) => this.people.name(userId));
  });

  /** Who said it, where that is not plain from the row itself. */
  protected readonly speaker = computed(() => {
    const { lastMessage: last, type } = this.chat();
    if (last === null || last.type === 'system') return undefined;
    if (last.mine) return 'You';
    return type === 'group' ? this.people.name(last.senderId).split(/\s+/u)[0] : undefined;
  });

  protected readonly preview = computed(() => {
    const last = this.chat().lastMessage;
    if (last === null) return 'No messages yet';
    return summary(last, this.chatr.me()?.id ?? '', (userId) => this.people.name(userId));
  });

  protected readonly time = computed(() => {
    const { lastMessage: last, lastActivity } = this.chat();
    return listTime(last?.createdAt ?? lastActivity, this.now.value());
  });

  protected readonly exact = computed(() => exactTime(this.chat().lastMessage?.createdAt ?? this.chat().lastActivity));

  /** The server counts to 99; one more means "more". */
  protected readonly unread = computed(() => {
    const count = this.chat().unreadCount;
    return count > 99 ? '99+' : count > 0 ? String(count) : undefined;
  });
}
