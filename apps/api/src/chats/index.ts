export {
  ChatChanged,
  type ChatChange,
  type DepartedMember,
  joinedBy,
  type PersonalUpdate,
  PositionMoved,
  RequestDeclined,
  StandingChanged,
} from './chat-events.js';
export { ChatListRepository, type ChatRow } from './chat-list.repository.js';
export { ChatMemberEntity } from './chat-member.entity.js';
export { ChatTransactions, type LockedChat } from './chat-transaction.js';
export { ChatView, toMember, toPosition, toReceiptPosition } from './chat-view.js';
export { ChatDto, ChatRemovedDto, ChatUpdatedDto, MemberDto, PositionDto, type Role } from './chat.dto.js';
export { ChatEntity } from './chat.entity.js';
export { ChatsModule } from './chats.module.js';
export { ClosedChats } from './closed-chats.js';
export { ACCEPT_REQUESTS, DirectChatsRepository } from './direct-chats.repository.js';
export { DirectChanges } from './direct-changes.js';
export { DirectChatsService } from './direct-chats.service.js';
export { RequestsService } from './requests.service.js';
export { decodeCursor, encodeCursor } from './page-cursor.js';
export { type HeldChat, MembershipsRepository } from './memberships.repository.js';
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
