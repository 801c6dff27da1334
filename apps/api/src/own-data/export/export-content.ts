import { Injectable } from '@nestjs/common';
import { MembershipsRepository } from '../../chats/index.js';
import { type ExportPart, OwnDataParts } from '../../platform/index.js';
import type { ArchiveFile } from './archive.js';
import { type ExportedChat, ExportedChats } from './exported-chats.js';
import { link, PAGE_END, pageStart } from './html.js';

/** What is in the archive of everything that is kept about a person. */
@Injectable()
export class ExportContent {
  constructor(
    private readonly parts: OwnDataParts,
    private readonly memberships: MembershipsRepository,
    private readonly chats: ExportedChats,
  ) {}

  /** @param chatDone is called after each chat */
  async *files(userId: string, chatDone: () => void): AsyncGenerator<ArchiveFile> {
    yield { path: 'README.txt', text: readme(this.parts.exports) };
    for (const part of this.parts.exports) yield { path: part.file, text: asList(part.entries(userId)) };
    const names = this.chats.names();
    const contents: ExportedChat[] = [];
    // Ids are in the order of their making: an archive of tomorrow begins like that of today.
    const chatIds = (await this.memberships.held(userId)).map(({ chatId }) => chatId).sort();
    for (const [index, chatId] of chatIds.entries()) {
      yield* this.chats.files(userId, chatId, index + 1, names, (chat) => contents.push(chat));
      chatDone();
    }
    yield { path: 'index.html', text: tableOfContents(contents) };
  }
}

/** One entry a line, so that a long list can be read without a program that takes it in whole. */
async function* asList(entries: AsyncIterable<object>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const entry of entries) {
    yield `${before}${JSON.stringify(entry)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* readme(parts: readonly ExportPart[]): AsyncGenerator<string> {
  yield await Promise.resolve(`Everything that this Chatr keeps about you, as of ${new Date().toISOString()}.

Open index.html to read your chats in a browser; it needs no connection.

${parts.map(({ file, describes }) => `${file}\n  ${describes}`).join('\n')}
chats/
  A folder for each chat that you are in, oldest first: chat.json says what it is and who is in it,
  messages.jsonl has every message that you can see, one a line, and the pages show the same to people.
  Of a message that was unsent only its place is left. Chats that you left are not there: you cannot see them.

All files are UTF-8, all times are ISO 8601 in UTC. Ids are those that Chatr's API uses.
Passwords, codes and keys are not in it: Chatr itself keeps only what they can be checked with.
`);
}

async function* tableOfContents(chats: readonly ExportedChat[]): AsyncGenerator<string> {
  yield `${pageStart('Your chats')}<p class="aside">Times are in UTC. README.txt says what else is in this archive.</p>\n<ul>\n`;
  for (const { name, page, messages } of chats) {
    const count = messages === 1 ? '1 message' : `${messages} messages`;
    yield await Promise.resolve(`<li>${link(page, name)} <span class="aside">${count}</span></li>\n`);
  }
  yield `</ul>\n${chats.length === 0 ? '<p>You are in no chats.</p>\n' : ''}${PAGE_END}`;
}
