import { Injectable, signal } from '@angular/core';
import type { MessageView } from '@chatr/client';

/** What the composer is about besides a new message: the message being edited, or the one being answered. */
@Injectable()
export class ComposeTarget {
  readonly editing = signal<MessageView | undefined>(undefined);
  readonly replyingTo = signal<MessageView | undefined>(undefined);

  edit(message: MessageView): void {
    this.replyingTo.set(undefined);
    this.editing.set(message);
  }

  reply(message: MessageView): void {
    this.editing.set(undefined);
    this.replyingTo.set(message);
  }

  clear(): void {
    this.editing.set(undefined);
    this.replyingTo.set(undefined);
  }
}
