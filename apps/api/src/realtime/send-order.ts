import { Injectable } from '@nestjs/common';
import { TRANSIENT_PROBLEM_CODES } from '@chatr/contracts';
import type { Actor } from '../auth/index.js';
import { DirectChatsService } from '../chats/index.js';
import { type Appended, MessagesService, type SendTurn } from '../messages/index.js';
import { ProblemError, toProblemError } from '../platform/index.js';
import type { SendEventDto } from './event.dto.js';
import type { SocketState } from './user-socket.js';

/**
 * Keeps the order of one socket's messages on their way to the log: what must be looked up before a message is appended takes
 * its time, and the next message waits for it. It does not wait for the commit, so that messages can go together in a batch.
 */
@Injectable()
export class SendOrder {
  constructor(
    private readonly directs: DirectChatsService,
    private readonly messages: MessagesService,
  ) {}

  async send(state: SocketState, draft: SendEventDto): Promise<Appended> {
    const turn = state.lane.takeTurn();
    const admission = state.lastAdmission.then(() => this.admit(state, draft, turn));
    state.lastAdmission = admission.catch(() => undefined);
    return (await admission).appended;
  }

  /** A message that is stored already is answered with, even where others would have to wait. */
  private async replay(actor: Actor, draft: SendEventDto, refusal: ProblemError): Promise<Appended> {
    const stored = draft.chatId === undefined ? undefined : await this.messages.stored(actor, draft.chatId, draft);
    if (stored === undefined) throw refusal;
    return stored;
  }

  /** Resolves once the message is in the log's queue, or needs not be. */
  private async admit(
    { actor }: SocketState,
    draft: SendEventDto,
    turn: SendTurn,
  ): Promise<{ appended: Promise<Appended> }> {
    const target = draft.chatId ?? draft.recipientId;
    if (target === undefined) throw new ProblemError('validation_failed', 'Say where to: chatId or recipientId.');
    const refusal = turn.enter(target, draft.clientId);
    if (refusal !== undefined) return { appended: this.replay(actor, draft, refusal) };
    try {
      const chatId = draft.chatId ?? (await this.directs.open(actor, target));
      const stored = await this.messages.admit(actor, chatId, draft);
      if (stored !== undefined) return { appended: Promise.resolve(stored) };
      const appended = this.messages.append(actor, chatId, draft, turn);
      // It is answered by whoever asked; until they listen, a refusal is not unheard.
      appended.catch(() => undefined);
      return { appended };
    } catch (error) {
      if (TRANSIENT_PROBLEM_CODES.has(toProblemError(error).code)) turn.refused(target, draft.clientId);
      throw error;
    }
  }
}
