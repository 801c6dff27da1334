import { Component, computed, inject, input } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import type { ChatView } from '@chatr/client';
import { Chatr, Now, People, presenceWords, typingWords } from '../core';
import { Blocking } from '../people';
import { Avatar, Icon } from '../ui';

/** Who one is talking to, and what they are doing right now. */
@Component({
  selector: 'chatr-conversation-header',
  imports: [Avatar, Icon, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink],
  template: `
    <a class="icon-button back" routerLink="/chats" aria-label="Back to chats"><chatr-icon name="back" /></a>
    <a class="who" [routerLink]="detailsLink()">
      <chatr-avatar
        [id]="chat().peerId ?? chat().id"
        [name]="chat().name"
        [url]="chat().avatarUrl"
        [size]="38"
        [presence]="presence()?.status"
      />
      <span class="lines">
        <h1 class="one-line">
          <bdi>{{ chat().name }}</bdi>
        </h1>
        <span class="state one-line" [class.live]="typing()">{{ typing() ?? state() }}</span>
      </span>
    </a>
    @if (chat().peerId; as id) {
      <button type="button" class="icon-button" aria-label="Chat menu" title="Chat menu" [matMenuTriggerFor]="menu">
        <chatr-icon name="more" />
      </button>
      <mat-menu #menu>
        @if (chat().blocked) {
          <button type="button" mat-menu-item (click)="blocking.unblock({ id })">
            <chatr-icon matMenuItemIcon name="block" />Unblock
          </button>
        } @else {
          <button type="button" mat-menu-item class="danger" (click)="blocking.block({ id, displayName: chat().name })">
            <chatr-icon matMenuItemIcon name="block" />Block
          </button>
        }
      </mat-menu>
    }
    <a class="icon-button" [routerLink]="detailsLink()" aria-label="Details" title="Details"
      ><chatr-icon name="info"
    /></a>
  `,
  styles: `
    :host {
      display: flex;
      height: calc(60px + env(safe-area-inset-top));
      flex: none;
      align-items: center;
      gap: var(--space-2);
      padding: env(safe-area-inset-top) var(--space-3) 0 var(--space-4);
      border-bottom: 1px solid var(--line);
    }

    .back {
      display: none;
    }

    .who {
      display: flex;
      min-width: 0;
      flex: 1;
      align-items: center;
      gap: var(--space-3);
      border-radius: var(--radius-control);
      color: inherit;
      text-decoration: none;
    }

    .lines {
      display: grid;
      min-width: 0;
    }

    h1 {
      font-size: var(--text-body);
      line-height: 1.35;
    }

    .state {
      min-height: 1.45em;
      color: var(--text-muted);
      font-size: var(--text-small);
    }

    .live {
      color: var(--text-accent);
    }

    @media (max-width: 899px) {
      :host {
        padding-inline: var(--space-1);
      }

      .back {
        display: inline-grid;
      }
    }
  `,
})
export class ConversationHeader {
  readonly chat = input.required<ChatView>();
  readonly detailsOpen = input(false);

  private readonly chatr = inject(Chatr);
  private readonly now = inject(Now);
  private readonly people = inject(People);
  protected readonly blocking = inject(Blocking);

  /** The same sign opens and closes. */
  protected readonly detailsLink = computed(() => [
    '/chats',
    this.chat().id,
    ...(this.detailsOpen() ? [] : ['details']),
  ]);

  protected readonly presence = computed(() => {
    const peer = this.chat().peerId;
    return peer === undefined ? undefined : this.chatr.presence(peer);
  });

  protected readonly typing = computed(() => {
    const { id, type } = this.chat();
    return typingWords(this.chatr.typing(id), type === 'direct', (userId) => this.people.name(userId));
  });

  protected readonly state = computed(() => {
    const chat = this.chat();
    if (chat.type === 'group') return this.groupState(chat);
    const peer = chat.members?.find((member) => member.user.id === chat.peerId)?.user;
    return peer?.deleted === true ? '' : presenceWords(this.presence(), this.now.value());
  });

  private groupState(chat: ChatView): string {
    const members = chat.memberCount === 1 ? '1 member' : `${chat.memberCount} members`;
    const me = this.chatr.me()?.id;
    const others = (chat.members ?? []).filter((member) => member.user.id !== me);
    const online = others.filter((member) => this.chatr.presence(member.user.id)?.status === 'online').length;
    return online === 0 ? members : `${members}, ${online} online`;
  }
}
