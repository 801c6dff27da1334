import type { components } from './generated/api.js';
import type { Problem } from './problems.js';

type Schemas = components['schemas'];

export type User = Schemas['UserDto'];
export type Me = Schemas['MeDto'];
export type Message = Schemas['MessageDto'];
export type Chat = Schemas['ChatDto'];
export type Member = Schemas['MemberDto'];
export type Position = Schemas['PositionDto'];
export type Presence = Schemas['PresenceDto'];
export type MessagePage = Schemas['MessagePageDto'];
export type ServerInfo = Schemas['ServerInfoDto'];
export type SyncRequest = Schemas['SyncRequestDto'];
export type SyncAnswer = Schemas['SyncDto'];
export type ChatChanges = Schemas['ChatChangesDto'];
export type ChatUpdated = Schemas['ChatUpdatedDto'];
export type MessageStatusEvent = Schemas['MessageStatusDto'];

/** The acknowledgement of every event: what came of it, or the problem. */
export type Ack<T extends object = object> = ({ ok: true } & T) | { ok: false; error: Problem };

type Reply<T extends object = object> = (ack: Ack<T>) => void;

/** What a client may emit. */
export interface ClientEvents {
  'message:send': (draft: Schemas['SendEventDto'], reply: Reply<{ message: Message; replayed?: boolean }>) => void;
  'message:edit': (edit: Schemas['EditEventDto'], reply: Reply<{ message: Message }>) => void;
  'message:unsend': (unsend: Schemas['UnsendEventDto'], reply: Reply<{ message: Message }>) => void;
  'message:delivered': (position: Schemas['PositionEventDto'], reply: Reply) => void;
  /** Either a message's id or a position. */
  'message:read': (position: string | Schemas['PositionEventDto'], reply: Reply) => void;
  'typing:start': (typing: Schemas['ChatEventDto'], reply: Reply) => void;
  'typing:stop': (typing: Schemas['ChatEventDto'], reply: Reply) => void;
  'presence:set': (status: 'online' | 'away', reply: Reply) => void;
  'presence:request': (userIds: string[], reply: Reply<{ users: Presence[] }>) => void;
  'auth:renew': (renewal: Schemas['RenewEventDto'], reply: Reply) => void;
  sync: (request: SyncRequest, reply: Reply<SyncAnswer>) => void;
}

/** What the server emits. */
export interface ServerEvents {
  'message:received': (message: Message) => void;
  'message:sent': (message: Message) => void;
  'message:edited': (message: Message) => void;
  'message:unsent': (message: Message) => void;
  'message:status': (status: MessageStatusEvent) => void;
  'typing:status': (typing: Schemas['TypingStatusDto']) => void;
  'presence:update': (presence: Schemas['PresenceUpdateDto']) => void;
  'user:status': (presence: Presence) => void;
  /** Somebody's public profile changed. */
  'user:updated': (user: User) => void;
  /** Somebody was added to one's own contacts, or taken from them. */
  'contact:updated': (change: Schemas['ContactChangeDto']) => void;
  'chat:created': (chat: Chat) => void;
  'chat:updated': (change: ChatUpdated) => void;
  'chat:removed': (removal: Schemas['ChatRemovedDto']) => void;
  'session:ended': (end: Schemas['SessionEndedDto']) => void;
  'server:draining': (draining: Schemas['ServerDrainingDto']) => void;
}
