import type { Chat, Message } from '@chatr/client';
import type { Finding } from './findings.js';

/** Counted exactly up to 99; one more means more. */
const MANY = 100;

/**
 * Counts from the log itself what the server says of one person.
 * @param chats as the server lists them to that person
 * @param logs by chat, whole
 * @param reached by chat, the highest number that the person read or wrote, as their devices know it
 */
export function checkPositions(
  personId: string,
  chats: readonly Chat[],
  logs: ReadonlyMap<string, readonly Message[]>,
  reached: ReadonlyMap<string, number>,
): Finding[] {
  return chats.flatMap((chat): Finding[] => {
    const log = logs.get(chat.id);
    if (log === undefined) return [];
    const findings: Finding[] = [];
    const unread = log.filter((message) => isUnread(message, personId, chat)).length;
    if (chat.unreadCount !== Math.min(MANY, unread)) {
      findings.push({
        check: 'unread',
        chatId: chat.id,
        detail: `the server counts ${chat.unreadCount} unread for ${personId}, the log holds ${unread}`,
      });
    }
    const least = reached.get(chat.id) ?? 0;
    if (chat.lastReadSeq < least) {
      findings.push({
        check: 'position',
        chatId: chat.id,
        detail: `${personId} read up to ${least}, the server knows of ${chat.lastReadSeq}`,
      });
    }
    return findings;
  });
}

function isUnread(message: Message, personId: string, { lastReadSeq, firstSeq }: Chat): boolean {
  return (
    message.seq > lastReadSeq &&
    message.seq >= firstSeq &&
    message.senderId !== personId &&
    message.type !== 'system' &&
    message.deletedAt === undefined
  );
}
