import type { ChatView } from '@chatr/client';

/** A direct chat without a message is only somebody's intention: it shows up with its first message. */
export function belongsInList(chat: Pick<ChatView, 'type' | 'lastMessage' | 'lastSeq'>): boolean {
  return chat.type === 'group' || chat.lastMessage !== null || chat.lastSeq > 0;
}

/** Whether the chat's name holds every word of the query; case and accents do not matter. */
export function matchesQuery(chat: Pick<ChatView, 'name'>, query: string): boolean {
  const name = fold(chat.name);
  return fold(query)
    .split(/\s+/u)
    .every((word) => name.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
