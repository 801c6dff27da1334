import type { MessageDto } from '../../chats/index.js';
import { escapeHtml } from '../../platform/index.js';
import { when } from './html.js';

/** A message as it stands in the archive: what its reader sees, with its sender's name of today. */
export interface ExportedMessage extends Omit<MessageDto, 'chatId' | 'clientId' | 'version' | 'status'> {
  senderName: string;
  /** One's own message said this before, oldest first. */
  edits?: { content: string; editedAt: string }[];
}

export function messageHtml(message: ExportedMessage): string {
  const { content, createdAt, deletedAt, editedAt, replyTo, senderName, type } = message;
  const edited = editedAt === undefined ? '' : ` · edited`;
  const quote =
    replyTo?.content === undefined ? '' : `<p class="aside quote" dir="auto">${escapeHtml(replyTo.content)}</p>`;
  const text =
    deletedAt !== undefined
      ? '<p class="aside">Message unsent</p>'
      : `<p${type === 'system' ? ' class="aside"' : ''} dir="auto">${escapeHtml(content)}</p>`;
  return `<article><span class="who" dir="auto">${escapeHtml(senderName)}</span> <span class="aside">${when(createdAt)}${edited}</span>${quote}${text}</article>\n`;
}
