import type { Problem } from '@chatr/contracts';
import { io } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from './wire.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** What a server event carries. */
export type Payload<E extends keyof ServerEvents> = Parameters<ServerEvents[E]>[0];

/** One server event: its name and what it carries. */
export type ServerEvent = { [E in keyof ServerEvents]: { name: E; payload: Payload<E> } }[keyof ServerEvents];

/** Those that tell about the connection itself. */
export type ConnectionEvent = Extract<ServerEvent, { name: 'session:ended' | 'server:draining' }>;
/** Those that tell about people rather than chats. */
export type PeopleEvent = Extract<
  ServerEvent,
  { name: 'presence:update' | 'user:status' | 'typing:status' | 'contact:updated' }
>;
export type ChatEvent = Exclude<ServerEvent, ConnectionEvent | PeopleEvent>;

/** What becomes of a socket. After `refused` or `closed` nothing more comes. */
export interface SocketHandlers {
  opened(): void;
  /** It never opened; with the server's problem where it was the server that refused. */
  refused(problem: Problem | undefined): void;
  closed(): void;
  event(event: ServerEvent): void;
}

/** One connection, from its opening to its end. */
export interface SocketPort {
  emit<E extends keyof ClientEvents>(event: E, ...args: Parameters<ClientEvents[E]>): void;
  /** Ends it; no handler is called any more. */
  close(): void;
}

/** How a connection is opened: the lowest boundary of the client, which tests replace. */
export type OpenSocket = (baseUrl: string, token: string, handlers: SocketHandlers) => SocketPort;

/** A Socket.IO connection that does not reconnect: when and how to is decided above. */
export const openSocketIo: OpenSocket = (baseUrl, token, handlers) => {
  const socket = io(baseUrl, {
    auth: { token },
    forceNew: true,
    reconnection: false,
    timeout: CONNECT_TIMEOUT_MS,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    withCredentials: true,
  });
  socket.on('connect', () => handlers.opened());
  socket.on('connect_error', (error: Error & { data?: Problem }) => {
    socket.close();
    handlers.refused(error.data);
  });
  socket.on('disconnect', () => handlers.closed());
  // What the server sends is what the contract says: nothing here could make it so.
  socket.onAny((name: string, payload: unknown) => handlers.event({ name, payload } as ServerEvent));
  return {
    emit: (event, ...args) => void socket.emit(event, ...args),
    close: () => {
      socket.removeAllListeners();
      socket.offAny();
      socket.close();
    },
  };
};
