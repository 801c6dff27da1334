import type { ClientEvents, ServerEvents } from '@chatr/contracts';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Actor } from '../auth/index.js';
import type { SendLane } from '../messages/index.js';

/** What the server keeps with each connection. */
export interface SocketState {
  actor: Actor;
  /** When the access token that opened or renewed the connection expires. */
  expiresAt: Date;
  lane: SendLane;
  /** The admission of the message that came last: each waits for the one before. */
  lastAdmission: Promise<unknown>;
}

export type ChatrServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketState>;
export type UserSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketState>;

/** Rooms: every device of a person, every connection of a session, every connection of a chat's members. */
export const rooms = {
  user: (userId: string): string => `user:${userId}`,
  session: (sessionId: string): string => `session:${sessionId}`,
  /** The session whose room this is. */
  sessionOf: (room: string): string | undefined =>
    room.startsWith('session:') ? room.slice('session:'.length) : undefined,
  chat: (chatId: string): string => `chat:${chatId}`,
  /** Every connection of somebody who shows nothing of themselves in this chat: their typing is not told. */
  withdrawn: (chatId: string): string => `withdrawn:${chatId}`,
  /** The person whose room this is. */
  userOf: (room: string): string | undefined => (room.startsWith('user:') ? room.slice('user:'.length) : undefined),
  /** The chat whose room this is. */
  chatOf: (room: string): string | undefined => (room.startsWith('chat:') ? room.slice('chat:'.length) : undefined),
};
