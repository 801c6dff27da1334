import { Injectable } from '@nestjs/common';
import { ChatTransactions, type LockedChat, SharedMessage, toMessage } from '../chats/index.js';
import { HistoryRepository, MessageEntity } from '../messages/index.js';
import { UsersService } from '../users/index.js';

/** Takes the names of deleted accounts out of what groups say about themselves, for example “added Ann”. */
@Injectable()
export class ForgottenNames {
  constructor(
    private readonly transactions: ChatTransactions,
    private readonly history: HistoryRepository,
    private readonly users: UsersService,
  ) {}

  /** In one chat. What names the person no longer is left alone, so it may run again. */
  async forget(chatId: string, userId: string): Promise<void> {
    await this.transactions.run(chatId, async (locked) => {
      const notes = await locked.manager.query<{ seq: number }[]>(
        `SELECT seq FROM messages WHERE chat_id = $1 AND type = 'system' AND system->'userIds' ? $2::text ORDER BY seq`,
        [chatId, userId],
      );
      for (const { seq } of notes) await this.rewrite(locked, seq);
    });
  }

  private async rewrite(locked: LockedChat, seq: number): Promise<void> {
    const { chat, manager } = locked;
    const note = await manager.findOneByOrFail(MessageEntity, { chatId: chat.id, seq });
    const ids = note.system?.userIds ?? [];
    const people = await this.users.byIds(ids, manager);
    const names = ids.map((id) => people.get(id)?.displayName ?? '').join(', ');
    const content = `${note.system?.kind === 'member_removed' ? 'removed' : 'added'} ${names}`;
    if (content === note.content) return;
    const version = locked.takeVersion();
    await manager.update(MessageEntity, { chatId: chat.id, seq }, { content, version });
    const [row] = await this.history.several(chat.id, [seq], 1, manager);
    if (row === undefined) return;
    const hiddenFrom = (await locked.newcomersSince(seq))(seq);
    locked.announce(version, {
      kind: 'message',
      event: 'edited',
      shared: new SharedMessage(toMessage(row)),
      hiddenFrom,
    });
  }
}
