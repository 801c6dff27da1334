import type { MessageView } from '@chatr/client';

type NameOf = (userId: string) => string;

/** What a system message tells, from this reader's side: "You added Bea and Cem". */
export function noteWords(message: Pick<MessageView, 'system' | 'content'>, me: string, nameOf: NameOf): string {
  const note = message.system;
  if (note === undefined) return message.content;
  const actor = note.actorId === me ? 'You' : nameOf(note.actorId);
  const people = listWords((note.userIds ?? []).map((id) => (id === me ? 'you' : nameOf(id))));
  switch (note.kind) {
    case 'members_added':
      return people === '' ? message.content : `${actor} added ${people}`;
    case 'member_removed':
      return `${actor} removed ${people}`;
    case 'member_left':
      return `${actor} left`;
    case 'renamed':
      return `${actor} renamed the group to “${note.name ?? ''}”`;
    default:
      // A kind that this version does not know still says what it is, in English.
      return message.content;
  }
}

/** One line about a message: what a list or a quotation shows of it. */
export function summary(
  message: Pick<MessageView, 'type' | 'content' | 'system' | 'deletedAt'>,
  me: string,
  nameOf: NameOf,
): string {
  if (message.deletedAt !== undefined) return 'Message unsent';
  switch (message.type) {
    case 'system':
      return noteWords(message, me, nameOf);
    case 'image':
      return message.content || 'Picture';
    case 'audio':
      return message.content || 'Voice message';
    case 'video':
      return message.content || 'Video';
    case 'file':
      return message.content || 'File';
    case 'text':
      return message.content.replace(/\s+/gu, ' ').slice(0, 200);
  }
}

/** "Bea", "Bea and Cem", "Bea, Cem and 4 others". */
export function listWords(names: readonly string[], most = 3): string {
  const [first, ...rest] = names;
  if (first === undefined) return '';
  if (rest.length === 0) return first;
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  const others = names.length - (most - 1);
  return `${names.slice(0, most - 1).join(', ')} and ${others} others`;
}

/** Who is typing, for a header or a row; in a direct chat there is only one it can be. */
export function typingWords(userIds: readonly string[], direct: boolean, nameOf: NameOf): string | undefined {
  if (userIds.length === 0) return undefined;
  if (direct) return 'typing…';
  const names = userIds.map((id) => nameOf(id).split(/\s+/u)[0] ?? '');
  return `${listWords(names, 2)} ${userIds.length === 1 ? 'is' : 'are'} typing…`;
}
