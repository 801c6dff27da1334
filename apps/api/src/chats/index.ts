export { ChatChanged, type ChatChange, joinedBy, PositionMoved } from './chat-events.js';
export { ChatListRepository, type ChatRow } from './chat-list.repository.js';
export { ChatMemberEntity } from './chat-member.entity.js';
export { ChatTransactions, type LockedChat } from './chat-transaction.js';
export { ChatView, toMember, toPosition, toReceiptPosition } from './chat-view.js';
export { ChatDto, ChatRemovedDto, ChatUpdatedDto, MemberDto, PositionDto, type Role } from './chat.dto.js';
export { ChatEntity } from './chat.entity.js';
export { ChatsModule } from './chats.module.js';
export { ChatsService } from './chats.service.js';
export { ClosedChats } from './closed-chats.js';
export { MembershipsRepository } from './memberships.repository.js';
export {
  EXCERPT_LENGTH,
  joinReply,
  MESSAGE_COLUMNS,
  type MessageRow,
  showsReceipts,
  statusOf,
  toMessage,
} from './message-view.js';
export { MessageDto, type MessageStatus, type MessageType, SystemNoteDto } from './message.dto.js';
export { SharedMessage } from './shared-message.js';
export { CommitJournal, JOURNAL_KEPT_MS, type JournalRead, type MemberKey } from './commit-journal.js';
export { UserCursorEntity } from './user-cursors.js';
