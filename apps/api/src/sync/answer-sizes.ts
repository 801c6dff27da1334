import { LIMITS } from '@chatr/contracts';
import type { ChatRow } from '../chats/index.js';

/** About what each takes as JSON, beside the texts that people write. In bytes. */
const MESSAGE_BYTES = 500;
const CHAT_BYTES = 500;
const MEMBER_BYTES = 400;
const POSITION_BYTES = 100;

/** How much of an answer each thing takes, in bytes. */
export class AnswerSizes {
  private readonly rows: ReadonlyMap<string, ChatRow>;

  /** @param lastMessages the length of each chat's last text, by chat id */
  constructor(
    rows: readonly ChatRow[],
    private readonly lastMessages: ReadonlyMap<string, number>,
  ) {
    this.rows = new Map(rows.map((row) => [row.id, row]));
  }

  static message(contentBytes: number): number {
    return contentBytes + MESSAGE_BYTES;
  }

  /** Where its members are; of a group too large for that, nothing. */
  static positions(row: ChatRow): number {
    return row.member_count > LIMITS.receiptMembers ? 0 : row.member_count * POSITION_BYTES;
  }

  /** A chat as it stands; nothing where it is not to be told. */
  chat(chatId: string): number {
    const row = this.rows.get(chatId);
    if (row === undefined) return 0;
    const members = row.member_count > LIMITS.receiptMembers ? 0 : row.member_count * MEMBER_BYTES;
    return CHAT_BYTES + members + AnswerSizes.message(this.lastMessages.get(chatId) ?? 0);
  }
}
