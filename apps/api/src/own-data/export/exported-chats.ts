import { Injectable } from '@nestjs/common';
import { ChatListRepository, ChatView, type MessageRow, toMember, toMessage } from '../../chats/index.js';
import { HistoryRepository } from '../../messages/index.js';
import { UsersService } from '../../users/index.js';
import type { ArchiveFile } from './archive.js';
import { type ExportedMessage, messageHtml } from './exported-message.js';
import { link, PAGE_END, pageStart } from './html.js';
import { NameBook } from './name-book.js';
import { safeName } from './safe-name.js';

/** Messages in one read. */
const READ = 200;
/** Messages on one page: browsers show more than this only slowly. */
const SHOWN = 1_000;

/** A chat in the archive, for its table of contents. */
export interface ExportedChat {
  name: string;
  /** Its first page. */
  page: string;
  messages: number;
}

/** Chats as one of their members sees them, as files. */
@Injectable()
export class ExportedChats {
  constructor(
    private readonly chats: ChatListRepository,
    private readonly view: ChatView,
    private readonly history: HistoryRepository,
    private readonly users: UsersService,
  ) {}

  names(): NameBook {
    return new NameBook(this.users);
  }

  /**
   * The files of one chat; none where the person has left it meanwhile.
   * @param number of the chat in the archive: two chats may have the same name
   * @param done is told what to say of it in the table of contents
   */
  async *files(
    userId: string,
    chatId: string,
    number: number,
    names: NameBook,
    done: (chat: ExportedChat) => void,
  ): AsyncGenerator<ArchiveFile> {
    const [row] = await this.chats.byIds(userId, [chatId]);
    const [chat] = row === undefined ? [] : await this.view.toChats(userId, [row]);
    if (row === undefined || chat === undefined) return;
    const folder = `chats/${String(number).padStart(5, '0')} ${safeName(chat.name)}`;
    const reader = new ChatReader(this.history, names, userId, { chatId, visibleFromSeq: row.visible_from_seq });
    yield { path: `${folder}/chat.json`, text: this.description(chat) };
    yield { path: `${folder}/messages.jsonl`, text: reader.lines() };
    for (let page = 1; page === 1 || reader.hasMore; page++) {
      yield { path: `${folder}/page-${page}.html`, text: reader.page(chat.name, page) };
    }
    done({ name: chat.name, page: `${folder}/page-1.html`, messages: reader.count });
  }

  private async *description(chat: {
    id: string;
    type: string;
    name: string;
    createdAt: string;
    role: string;
  }): AsyncGenerator<string> {
    const { id, type, name, createdAt, role } = chat;
    const members = (await this.chats.allMembers(id)).map(toMember).map((member) => ({
      id: member.user.id,
      username: member.user.username,
      displayName: member.user.displayName,
      role: member.role,
      joinedAt: member.joinedAt,
    }));
    yield `${JSON.stringify({ id, type, name, createdAt, role, members }, null, 2)}\n`;
  }
}

/** Reads the messages of one chat from its beginning, some at a time. */
class ChatReader {
  count = 0;
  /** Whether there are messages behind the last page that was read. */
  hasMore = false;
  private shownUntil = 0;

  constructor(
    private readonly history: HistoryRepository,
    private readonly names: NameBook,
    private readonly userId: string,
    private readonly window: { chatId: string; visibleFromSeq: number },
  ) {}

  /** One message a line. */
  async *lines(): AsyncGenerator<string> {
    for await (const message of this.after(0)) {
      this.count += 1;
      yield `${JSON.stringify(message)}\n`;
    }
  }

  /** The next page. */
  async *page(title: string, number: number): AsyncGenerator<string> {
    yield `${pageStart(title)}<nav>${link('../../index.html', 'All chats')}${number === 1 ? '' : link(`page-${number - 1}.html`, 'Earlier')}</nav>\n`;
    let shown = 0;
    this.hasMore = false;
    for await (const message of this.after(this.shownUntil)) {
      this.hasMore = shown === SHOWN;
      if (this.hasMore) break;
      shown += 1;
      this.shownUntil = message.seq;
      yield messageHtml(message);
    }
    yield `${this.hasMore ? `<nav>${link(`page-${number + 1}.html`, 'Later')}</nav>\n` : ''}${PAGE_END}`;
  }

  private async *after(seq: number): AsyncGenerator<ExportedMessage> {
    for (let from = seq; ;) {
      const rows = await this.history.after(this.window, READ, from);
      const names = await this.names.of(rows.map((row) => row.sender_id));
      for (const row of rows) yield await this.exported(row, names);
      const last = rows.at(-1);
      if (last === undefined) return;
      from = last.seq;
    }
  }

  private async exported(row: MessageRow, names: ReadonlyMap<string, string>): Promise<ExportedMessage> {
    const { chatId, clientId: _client, version: _version, ...message } = toMessage(row);
    const senderName = names.get(row.sender_id) ?? '';
    if (row.sender_id !== this.userId || row.edited_at === null || row.deleted_at !== null) {
      return { ...message, senderName };
    }
    const edits = await this.history.edits(chatId, row.seq, 0, Number.MAX_SAFE_INTEGER);
    return {
      ...message,
      senderName,
      edits: edits.map(({ content, editedAt }) => ({ content, editedAt: editedAt.toISOString() })),
    };
  }
}
