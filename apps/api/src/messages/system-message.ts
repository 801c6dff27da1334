import { type LockedChat, SharedMessage, type SystemNoteDto, toMessage } from '../chats/index.js';
import { newId } from '../platform/index.js';
import { MessageEntity } from './message.entity.js';

/** Writes into a locked chat what has happened in it. The note is for programs, `content` says the same for everybody else. */
export async function appendSystemMessage(locked: LockedChat, system: SystemNoteDto, content: string): Promise<void> {
  const { chat, manager } = locked;
  // One moment for both: chats are sorted by id, and show the time.
  const createdAt = new Date();
  const id = newId(createdAt);
  const message = manager.create(MessageEntity, {
    chatId: chat.id,
    seq: locked.takeSeq(),
    version: locked.takeVersion(),
    id,
    clientId: `system:${id}`,
    senderId: system.actorId,
    type: 'system',
    content,
    replyToSeq: null,
    system,
    createdAt,
    editedAt: null,
    deletedAt: null,
  });
  await manager.insert(MessageEntity, message);
  chat.activityId = id;
  chat.lastActivityAt = message.createdAt;
  const shared = new SharedMessage(toMessage(toRow(message)));
  locked.announce(message.version, { kind: 'message', event: 'sent', shared });
}

function toRow(message: MessageEntity): Parameters<typeof toMessage>[0] {
  return {
    chat_id: message.chatId,
    seq: message.seq,
    version: message.version,
    id: message.id,
    client_id: message.clientId,
    sender_id: message.senderId,
    type: message.type,
    content: message.content,
    system: message.system,
    created_at: message.createdAt,
    edited_at: message.editedAt,
    deleted_at: message.deletedAt,
    reply_to_seq: message.replyToSeq,
    reply_id: null,
    reply_sender_id: null,
    reply_content: null,
  };
}
