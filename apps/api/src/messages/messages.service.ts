import { Injectable } from '@nestjs/common';
import { LIMITS } from '@chatr/contracts';
import type { Actor } from '../auth/index.js';
import {
  ChatChanged,
  ChatTransactions,
  type LockedChat,
  type MessageDto,
  RequestsService,
  SharedMessage,
  toMessage,
} from '../chats/index.js';
import { DomainEvents, ProblemError, type RateRule, Throttle } from '../platform/index.js';
import { HistoryRepository } from './history.repository.js';
import { type Appended, MessageLog, type SendTurn } from './log/index.js';
import { MessageEditEntity } from './message-edit.entity.js';
import type { SendMessageDto } from './message-request.dto.js';
import { MessageEntity } from './message.entity.js';

/** Nobody types this fast; somebody who pastes a list, or a client that empties its queue, stays within the window's points. */
const SENDS: RateRule = { name: 'messages', points: 600, seconds: 60 };

/** Edits and messages taken back. */
const CHANGES: RateRule = { name: 'message-changes', points: 120, seconds: 60 };

@Injectable()
export class MessagesService {
  constructor(
    private readonly log: MessageLog,
    private readonly history: HistoryRepository,
    private readonly transactions: ChatTransactions,
    private readonly requests: RequestsService,
    private readonly events: DomainEvents,
    private readonly throttle: Throttle,
  ) {}

  /** Sends a message: {@link admit}, then {@link append}. */
  async send(actor: Actor, chatId: string, draft: SendMessageDto): Promise<Appended> {
    return (await this.admit(actor, chatId, draft)) ?? this.append(actor, chatId, draft);
  }

  /**
   * Whether the sender may send this much now. Sending again what is stored already is never too much, and comes back at once.
   * @throws ProblemError rate_limited
   */
  async admit(actor: Actor, chatId: string, draft: SendMessageDto): Promise<Appended | undefined> {
    try {
      await this.throttle.consume(SENDS, actor.id);
      return undefined;
    } catch (refusal) {
      const stored = await this.stored(actor, chatId, draft);
      if (stored === undefined) throw refusal;
      return stored;
    }
  }

  /** The message that is in the log already under this draft's name: it is answered with, whatever else would be refused. */
  async stored(actor: Actor, chatId: string, { clientId }: SendMessageDto): Promise<Appended | undefined> {
    const row = await this.history.byClientId(chatId, actor.id, clientId);
    return row === undefined ? undefined : { shared: new SharedMessage(toMessage(row)), replayed: true };
  }

  /**
   * Appends a message that was admitted. Calls are written in their order; membership is checked under the chat's lock.
   * @throws ProblemError not_a_member, not_found (the answered message), blocked, awaiting_acceptance; overloaded, unavailable,
   * send_again: send it again
   */
  async append(actor: Actor, chatId: string, draft: SendMessageDto, turn?: SendTurn): Promise<Appended> {
    const { clientId, content, replyToId } = draft;
    const answer = replyToId === undefined ? {} : { replyToId };
    const entry = { chatId, senderId: actor.id, clientId, type: 'text' as const, content, ...answer };
    const appended = await this.log.append(entry, turn);
    // Also for a replay: the announcement may have been lost with the answer to the first commit. Listeners know by its version
    // what they have told already. What was changed since is announced by its change.
    const { shared, acceptedVersion } = appended;
    if (acceptedVersion !== undefined) this.requests.tellAnswered(chatId, acceptedVersion);
    const { version, editedAt, deletedAt } = shared.message;
    if (editedAt === undefined && deletedAt === undefined) {
      this.events.publish(new ChatChanged(chatId, version, { kind: 'message', event: 'sent', shared }));
    }
    return appended;
  }

  /** Whether more messages wait than are soon written. */
  get congested(): boolean {
    return this.log.congested;
  }

  /** Resolves once there is room again. */
  relieved(): Promise<void> {
    return this.log.relieved();
  }

  /**
   * Changes the text of one's own message. What it said before stays in its history.
   * @throws ProblemError not_found, not_a_member, forbidden (somebody else's), conflict (unsent), blocked
   */
  edit(actor: Actor, messageId: string, content: string): Promise<MessageDto> {
    return this.change(actor, messageId, 'edited', async (locked, message) => {
      const { chatId, seq, version, content: before } = message;
      const editedAt = new Date();
      await locked.manager.insert(MessageEditEntity, { chatId, seq, version, content: before, editedAt });
      // The oldest go, rather than that the edit is refused: a mistake can always be put right, and one message stays bounded.
      await this.history.forgetEdits(chatId, seq, LIMITS.editsKept, locked.manager);
      Object.assign(message, { content, editedAt });
    });
  }

  /**
   * Takes one's own message back: its number stays, its text and the history of its edits go. A block does not stand in the way: it
   * says nothing new.
   * @throws ProblemError not_found, not_a_member, forbidden (somebody else's)
   */
  unsend(actor: Actor, messageId: string): Promise<MessageDto> {
    return this.change(actor, messageId, 'unsent', async (locked, message) => {
      await locked.manager.delete(MessageEditEntity, { chatId: message.chatId, seq: message.seq });
      Object.assign(message, { content: '', deletedAt: new Date() });
    });
  }

  private async change(
    actor: Actor,
    messageId: string,
    event: 'edited' | 'unsent',
    apply: ApplyChange,
  ): Promise<MessageDto> {
    await this.throttle.consume(CHANGES, actor.id);
    const place = await this.history.find(messageId);
    if (place === undefined) throw new ProblemError('not_found');
    return this.transactions.run(place.chatId, async (locked) => {
      const member = await locked.requireMember(actor.id);
      const message = await locked.manager.findOneByOrFail(MessageEntity, { chatId: place.chatId, seq: place.seq });
      if (message.seq < member.visibleFromSeq) throw new ProblemError('not_found');
      if (message.senderId !== actor.id || message.type === 'system') {
        throw new ProblemError('forbidden', 'Only its sender may change a message.');
      }
      if (message.deletedAt !== null) {
        if (event === 'unsent') return this.readBack(locked, message);
        throw new ProblemError('conflict', 'The message was unsent.');
      }
      if (event === 'edited' && member.sendsUntilSeq === 0) throw new ProblemError('blocked');
      message.version = locked.takeVersion();
      await apply(locked, message);
      await locked.manager.save(message, { reload: false });
      return this.announceChange(locked, message, event);
    });
  }

  /** Tells everybody the changed message, and those that quote it: each takes a version of its own. Returns the message. */
  private async announceChange(
    locked: LockedChat,
    { chatId, seq, version }: MessageEntity,
    event: 'edited' | 'unsent',
  ): Promise<MessageDto> {
    const answers = await this.history.stampAnswers(chatId, seq, () => locked.takeVersion(), locked.manager);
    const quotesFrom = await locked.seenByAllFrom();
    const rows = await this.history.several(chatId, [seq, ...answers], quotesFrom, locked.manager);
    const newcomersTo = await locked.newcomersSince(seq);
    const messages = rows.map((row) => toMessage(row)).toSorted((a, b) => a.version - b.version);
    for (const message of messages) {
      const kind = message.version === version ? event : 'edited';
      const hiddenFrom = newcomersTo(message.seq);
      const shared = new SharedMessage(message);
      locked.announce(message.version, { kind: 'message', event: kind, shared, hiddenFrom });
    }
    const [changed] = messages;
    if (changed === undefined) throw new ProblemError('not_found');
    return changed;
  }

  /** The message as it goes to everybody in the chat. */
  private async readBack(locked: LockedChat, { chatId, seq }: MessageEntity): Promise<MessageDto> {
    const [row] = await this.history.several(chatId, [seq], await locked.seenByAllFrom(), locked.manager);
    if (row === undefined) throw new ProblemError('not_found');
    return toMessage(row);
  }
}

/** Changes a message of a locked chat, which has its new version already. */
type ApplyChange = (locked: LockedChat, message: MessageEntity) => Promise<void>;
