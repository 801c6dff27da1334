import { Component, computed, inject, input, output, viewChild } from '@angular/core';
import { MatMenuTrigger } from '@angular/material/menu';
import { Chatr, clockTime, exactTime, noteWords, People, problemWords } from '../core';
import { Avatar, Icon, isFewEmoji, RichText, Ticks } from '../ui';
import { colourOf } from '../ui/initials';
import type { MessageRow } from './message-days';
import { ComposeTarget } from './compose-target';
import { MessageMenu } from './message-menu';

/** How long a finger rests on a message to open its menu. */
const LONG_PRESS_MS = 450;

/** One message: what was said, when, how far it has come, and what can be done with it. */
@Component({
  selector: 'chatr-message-bubble',
  imports: [Avatar, Icon, MatMenuTrigger, RichText, Ticks],
  templateUrl: './message-bubble.html',
  styleUrl: './message-bubble.css',
})
export class MessageBubble {
  readonly row = input.required<MessageRow>();
  /** In a group, others' messages carry names and pictures. */
  readonly group = input.required<boolean>();
  /** To the message that this one answers: its `seq`. */
  readonly jump = output<number>();

  private readonly chatr = inject(Chatr);
  private readonly people = inject(People);
  private readonly target = inject(ComposeTarget);
  protected readonly menu = inject(MessageMenu);
  private readonly trigger = viewChild(MatMenuTrigger);
  private longPressed = false;
  private pressTimer: ReturnType<typeof setTimeout> | undefined;

  protected readonly message = computed(() => this.row().message);
  protected readonly time = computed(() => clockTime(this.message().createdAt));
  protected readonly exact = computed(() => exactTime(this.message().createdAt));
  /** When, for hovering over "edited"; undefined for what was not, or is no more. */
  protected readonly edited = computed(() => {
    const { editedAt, deletedAt } = this.message();
    return editedAt === undefined || deletedAt !== undefined ? undefined : exactTime(editedAt);
  });
  protected readonly sender = computed(() => this.people.get(this.message().senderId));
  protected readonly senderName = computed(() => this.people.name(this.message().senderId));
  protected readonly senderColour = computed(() => `var(--avatar-text-${colourOf(this.message().senderId, 8)})`);
  protected readonly large = computed(() => isFewEmoji(this.message().content));
  protected readonly note = computed(() =>
    noteWords(this.message(), this.chatr.me()?.id ?? '', (id) => this.people.name(id)),
  );
  protected readonly hasMenu = computed(
    () => this.message().state === 'confirmed' && this.message().deletedAt === undefined,
  );

  protected readonly quoted = computed(() => {
    const quote = this.message().replyTo;
    if (quote === undefined) return undefined;
    const mine = quote.senderId === this.chatr.me()?.id;
    return {
      seq: quote.seq,
      name: quote.senderId === undefined ? 'Earlier message' : mine ? 'You' : this.people.name(quote.senderId),
      text: quote.content || 'Message unavailable',
    };
  });

  protected readonly failure = computed(() => {
    const { state, problem } = this.message();
    return state === 'failed' ? `Not sent. ${problem === undefined ? '' : problemWords(problem)}`.trim() : undefined;
  });

  protected reply(): void {
    this.target.reply(this.message());
  }

  protected retry(): void {
    this.chatr.retry(this.message().clientId);
  }

  protected discard(): void {
    this.chatr.discard(this.message().clientId);
  }

  protected startPress(event: PointerEvent): void {
    if (event.pointerType !== 'touch' || !this.hasMenu()) return;
    this.longPressed = false;
    this.pressTimer = setTimeout(() => {
      this.longPressed = true;
      this.trigger()?.openMenu();
    }, LONG_PRESS_MS);
  }

  /** Lifted, or the finger has begun to scroll. */
  protected endPress(): void {
    clearTimeout(this.pressTimer);
  }

  /** The click that browsers make of lifting the finger would close the menu at once. */
  protected swallowTap(event: TouchEvent): void {
    if (this.longPressed && event.cancelable) event.preventDefault();
    this.longPressed = false;
  }
}
