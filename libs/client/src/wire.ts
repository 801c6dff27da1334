import type { Problem } from '@chatr/contracts';

export interface User {
  id: string;
  username: string;
  displayName: string;
  avatarUrl: string | null;
  about: string;
}

export interface Me extends User {
  email: string;
  role: 'user' | 'admin';
  createdAt: string;
}

export type MessageStatus = 'sent' | 'delivered' | 'read';
export type Role = 'owner' | 'admin' | 'moderator' | 'member';

export interface Message {
  id: string;
  chatId: string;
  seq: number;
  version: number;
  clientId: string;
  senderId: string;
  type: 'text' | 'image' | 'audio' | 'video' | 'file' | 'system';
  content: string;
  replyTo?: { seq: number; id?: string; senderId?: string; content?: string };
  system?: {
    kind: 'members_added' | 'member_removed' | 'member_left' | 'renamed';
    actorId: string;
    userIds?: string[];
    name?: string;
  };
  reactions: { emoji: string; userIds: string[] }[];
  mentions: string[];
  createdAt: string;
  editedAt?: string;
  deletedAt?: string;
  status?: MessageStatus;
}

export interface Member {
  user: User;
  role: Role;
  joinedAt: string;
  visibleFromSeq: number;
  deliveredSeq: number;
  readSeq: number;
}

export interface Chat {
  id: string;
  type: 'direct' | 'group';
  name: string;
  avatarUrl: string | null;
  createdAt: string;
  members?: Member[];
  memberCount: number;
  role: Role;
  lastMessage: Message | null;
  lastActivity: string;
  lastSeq: number;
  firstSeq: number;
  version: number;
  lastReadSeq: number;
  unreadCount: number;
}

export interface ChatUpdated {
  chatId: string;
  version: number;
  name?: string;
  avatarUrl?: string | null;
  memberCount: number;
  members?: Member[];
  removedUserIds?: string[];
}

export interface Position {
  userId: string;
  deliveredSeq: number;
  readSeq: number;
}

export interface Presence {
  userId: string;
  status: 'online' | 'away' | 'offline';
  lastSeen?: string;
}

export interface MessagePage {
  items: Message[];
  hasMore: boolean;
}

export interface Group {
  id: string;
  name: string;
  avatarUrl: string | null;
  memberCount: number;
  members: Member[];
}

export interface SyncRequest {
  cursor?: string;
  chats?: Record<string, number>;
}

export interface ChatChanges {
  version: number;
  hasMore: boolean;
  limited: boolean;
  items: Message[];
  chat?: Chat;
  positions?: Position[];
}

export interface SyncAnswer {
  cursor: string;
  hasMore: boolean;
  joined: Chat[];
  left: string[];
  chats: Record<string, ChatChanges>;
}

export interface MessageStatusEvent {
  chatId: string;
  userId: string;
  status: 'delivered' | 'read';
  seq: number;
  messageId: string;
}

export type SessionEndReason = 'logout' | 'revoked' | 'expired' | 'password_reset' | 'suspended' | 'refresh_reuse';

export type Ack<T extends object = object> = ({ ok: true } & T) | { ok: false; error: Problem };

export interface Tokens {
  accessToken: string;
  /** Seconds from now. */
  expiresIn: number;
  /** Left out when it travels in a cookie. */
  refreshToken?: string;
  user: Me;
}

export interface Session {
  id: string;
  createdAt: string;
  lastUsedAt: string;
  userAgent: string;
  address: string;
  current: boolean;
}

export interface Invite {
  id: string;
  email: string;
  invitedBy: string;
  createdAt: string;
  expiresAt: string;
}

export interface AdminUser extends Me {
  suspendedAt: string | null;
}

type Reply<T extends object = object> = (ack: Ack<T>) => void;

export interface SendDraft {
  chatId: string;
  clientId: string;
  content: string;
  replyToId?: string;
}

export interface ClientEvents {
  'message:send': (draft: SendDraft, reply: Reply<{ message: Message; replayed?: boolean }>) => void;
  'message:delivered': (position: { chatId: string; seq: number }, reply: Reply) => void;
  'message:read': (position: { chatId: string; seq: number }, reply: Reply) => void;
  'typing:start': (typing: { chatId: string }, reply: Reply) => void;
  'typing:stop': (typing: { chatId: string }, reply: Reply) => void;
  'presence:set': (status: 'online' | 'away', reply: Reply) => void;
  'presence:request': (userIds: string[], reply: Reply<{ users: Presence[] }>) => void;
  'auth:renew': (renewal: { token: string }, reply: Reply) => void;
  sync: (request: SyncRequest, reply: Reply<SyncAnswer>) => void;
}

export interface ServerEvents {
  'message:received': (message: Message) => void;
  'message:sent': (message: Message) => void;
  'message:edited': (message: Message) => void;
  'message:unsent': (message: Message) => void;
  'message:status': (status: MessageStatusEvent) => void;
  'typing:status': (typing: { chatId: string; userId: string; isTyping: boolean }) => void;
  'presence:update': (presence: { users: Presence[] }) => void;
  'user:status': (presence: Presence) => void;
  'chat:created': (chat: Chat) => void;
  'chat:updated': (change: ChatUpdated) => void;
  'chat:removed': (removal: { chatId: string; reason: 'left' | 'removed' }) => void;
  'session:ended': (end: { reason: SessionEndReason }) => void;
  'server:draining': (draining: { reconnectWithinMs: number }) => void;
}

/** One page of a list; `nextCursor` is null at the end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
