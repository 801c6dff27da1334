import { LIMITS } from '@chatr/contracts';
import type { ChatFacts, ChatReplica } from './chat-replica.js';
import type { OutboxEntry } from './options.js';
import type { MessageView } from './views.js';
import type { Member, Message, MessageStatus } from './wire.js';

/** As much of an answered message as is shown above the answer, in characters. */
const EXCERPT_LENGTH = 160;

/** The answered message where it is held; null where this person may not see it. */
type Answered = Message | null | undefined;

interface Made {
  message: Message;
  answered: Answered;
  status: MessageStatus | undefined;
  view: MessageView;
}

/** Makes the messages of one chat into views, and the same view again while nothing about it changed. */
export class MessageViews {
  readonly #made = new Map<number, Made>();
  readonly #pending = new WeakMap<OutboxEntry, MessageView>();

  constructor(private readonly me: string) {}

  list(replica: ChatReplica | undefined, outbox: readonly OutboxEntry[]): readonly MessageView[] {
    const confirmed = replica?.shownMessages().map((message) => this.confirmed(replica, message)) ?? [];
    return Object.freeze([...confirmed, ...this.stillWaiting(replica, confirmed, outbox)]);
  }

  /** A message can be shown before its own answer has come: what waits under the same name is that message. */
  private stillWaiting(
    replica: ChatReplica | undefined,
    confirmed: readonly MessageView[],
    outbox: readonly OutboxEntry[],
  ): MessageView[] {
    if (outbox.length === 0) return [];
    const shown = new Set(confirmed.flatMap((message) => (message.mine ? message.clientId : [])));
    return outbox.filter(({ clientId }) => !shown.has(clientId)).map((entry) => this.pending(replica, entry));
  }

  confirmed(replica: ChatReplica, message: Message): MessageView {
    const answered = answeredBy(message, replica);
    const status = statusOf(message, replica.facts, this.me);
    const made = this.#made.get(message.seq);
    if (made?.message === message && made.answered === answered && made.status === status) return made.view;
    const view = Object.freeze(this.toView(message, answered, status));
    this.#made.set(message.seq, { message, answered, status, view });
    return view;
  }

  pending(replica: ChatReplica | undefined, entry: OutboxEntry): MessageView {
    const made = this.#pending.get(entry);
    if (made !== undefined) return made;
    const answered = entry.replyToId === undefined ? undefined : replica?.messageById(entry.replyToId);
    const view: MessageView = Object.freeze({
      key: entry.clientId,
      state: entry.problem === undefined ? 'sending' : 'failed',
      mine: true,
      chatId: entry.chatId,
      clientId: entry.clientId,
      senderId: this.me,
      type: 'text',
      content: entry.content,
      reactions: [],
      mentions: [],
      createdAt: entry.createdAt,
      ...(entry.problem === undefined ? {} : { problem: entry.problem }),
      ...(answered === undefined ? {} : { replyTo: excerptOf(answered) }),
    } satisfies MessageView);
    this.#pending.set(entry, view);
    return view;
  }

  private toView(message: Message, answered: Answered, status: MessageStatus | undefined): MessageView {
    const { version: _version, ...shown } = message;
    const mine = message.senderId === this.me;
    return {
      ...shown,
      key: mine ? message.clientId : message.id,
      state: 'confirmed',
      mine,
      ...quoteOf(message, answered),
      ...(status === undefined ? {} : { status }),
    };
  }
}

function answeredBy({ replyTo }: Message, replica: ChatReplica): Answered {
  if (replyTo === undefined) return undefined;
  return replyTo.seq < replica.facts.firstSeq ? null : replica.message(replyTo.seq);
}

/** What an answer quotes follows the answered message: its edits change no other message's version. */
function quoteOf({ replyTo }: Message, answered: Answered): Pick<Message, 'replyTo'> {
  if (replyTo === undefined || answered === undefined) return {};
  return { replyTo: answered === null ? { seq: replyTo.seq } : excerptOf(answered) };
}

function excerptOf({ id, seq, senderId, content }: Message): NonNullable<Message['replyTo']> {
  const excerpt = content.length <= EXCERPT_LENGTH ? content : Array.from(content).slice(0, EXCERPT_LENGTH).join('');
  return { id, seq, senderId, content: excerpt };
}

/** How far an own message has come: the least over the other members who were there when it was sent. */
function statusOf(message: Message, facts: ChatFacts, me: string): MessageStatus | undefined {
  const { members } = facts;
  if (message.senderId !== me || message.type === 'system') return undefined;
  if (members === undefined || facts.memberCount > LIMITS.receiptMembers) return undefined;
  let [someone, delivered, read] = [false, true, true];
  for (const member of members) {
    if (!counts(member, message, me)) continue;
    someone = true;
    delivered &&= member.deliveredSeq >= message.seq;
    read &&= member.readSeq >= message.seq;
  }
  if (!someone || !delivered) return 'sent';
  return read ? 'read' : 'delivered';
}

function counts(member: Member, message: Message, me: string): boolean {
  return member.user.id !== me && member.visibleFromSeq <= message.seq;
}
