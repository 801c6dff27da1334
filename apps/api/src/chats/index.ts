export { ChatChanged, type ChatChange, ChatCommitDoubted, type DepartedMember, PositionMoved } from './chat-events.js';
export { ChatListRepository, type ChatRow } from './chat-list.repository.js';
export { ChatMemberEntity } from './chat-member.entity.js';
export { ChatTransactions, type LockedChat } from './chat-transaction.js';
export { ChatView, toPosition } from './chat-view.js';
export { ChatDto, ChatRemovedDto, ChatUpdatedDto, MemberDto, PositionDto, type Role } from './chat.dto.js';
export { ChatEntity } from './chat.entity.js';
export { ChatsModule } from './chats.module.js';
export { ChatsService } from './chats.service.js';
export { MembershipsRepository, type HeldChat } from './memberships.repository.js';
export {
  joinReply,
  MESSAGE_COLUMNS,
  type MessageRow,
  type ReceiptPosition,
  showsReceipts,
  statusOf,
  toMessage,
} from './message-view.js';
export { MessageDto, type MessageType, SystemNoteDto } from './message.dto.js';
export { nextUserCursors, UserCursorEntity } from './user-cursors.js';
