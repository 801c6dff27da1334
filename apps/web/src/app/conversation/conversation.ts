import { Component, computed, DestroyRef, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { RouterLink, RouterOutlet } from '@angular/router';
import { Chatr, PageTitle } from '../core';
import { EmptyState } from '../ui';
import { ComposeTarget } from './compose-target';
import { Composer } from './composer';
import { ConversationHeader } from './conversation-header';
import { MessageList } from './message-list';
import { MessageMenu, MessageMenuPanel } from './message-menu';
import { StandingBar } from './standing-bar';

/** An open chat: header, messages, composer, and its details beside or over it. */
@Component({
  selector: 'chatr-conversation',
  imports: [
    Composer,
    ConversationHeader,
    EmptyState,
    MessageList,
    MessageMenuPanel,
    RouterLink,
    RouterOutlet,
    StandingBar,
  ],
  providers: [ComposeTarget, MessageMenu],
  templateUrl: './conversation.html',
  styleUrl: './conversation.css',
})
export class Conversation {
  /** From the route. */
  readonly chatId = input.required<string>();

  private readonly chatr = inject(Chatr);
  private readonly title = inject(PageTitle);
  private readonly target = inject(ComposeTarget);
  private readonly composer = viewChild(Composer);

  protected readonly ready = this.chatr.ready;
  protected readonly chat = computed(() => this.chatr.chat(this.chatId()));
  /** Nobody reads here any more what would be written. */
  protected readonly peerGone = computed(() => {
    const { members, peerId } = this.chat() ?? {};
    return members?.find((member) => member.user.id === peerId)?.user.deleted === true;
  });
  protected readonly detailsOpen = signal(false);

  constructor() {
    effect(() => this.title.setSubject(this.chat()?.name));
    inject(DestroyRef).onDestroy(() => this.title.setSubject(undefined));
    // Another chat: what was being edited or answered belongs to the one before.
    effect(() => {
      this.chatId();
      untracked(() => this.target.clear());
    });
    effect(() => {
      const composer = this.composer();
      // On touch screens the keyboard would cover the messages that one came to read.
      if (composer !== undefined && matchMedia('(pointer: fine)').matches) untracked(() => composer.focus());
    });
    effect(() => {
      if (this.chatr.connection().state !== 'online') return;
      const members = this.chat()?.members ?? [];
      untracked(() => {
        const me = this.chatr.me()?.id;
        this.chatr.requestPresence(
          members
            .map((member) => member.user.id)
            .filter((id) => id !== me)
            .slice(0, 200),
        );
      });
    });
  }
}
