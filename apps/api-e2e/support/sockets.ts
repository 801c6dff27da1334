import type { Problem } from '@chatr/contracts';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { ServerAddress } from './server.js';

const PATIENCE_MS = 15_000;

/** An acknowledgement as it comes over the wire. */
export type Acknowledgement = { ok: boolean; error?: Problem } & Record<string, unknown>;

interface Received {
  event: string;
  payload: unknown;
}

interface Waiter {
  accepts: (received: Received) => boolean;
  resolve: (payload: unknown) => void;
}

const open = new Set<Socket>();

/** A connection without the SDK's care: it says what a test tells it to, and keeps everything that it hears, in order. */
export class RawSocket {
  readonly heard: Received[] = [];
  private readonly waiting = new Set<Waiter>();

  constructor(readonly socket: Socket) {
    const hear = (event: string, payload: unknown): void => {
      const received = { event, payload };
      this.heard.push(received);
      for (const waiter of [...this.waiting]) {
        if (!waiter.accepts(received)) continue;
        this.waiting.delete(waiter);
        waiter.resolve(payload);
      }
    };
    socket.onAny(hear);
    socket.on('disconnect', (reason) => hear('disconnect', reason));
  }

  /** Sends an event and waits for what the server says to it. */
  async ask<T extends object = object>(event: string, ...payload: unknown[]): Promise<Acknowledgement & T> {
    return (await this.socket.timeout(PATIENCE_MS).emitWithAck(event, ...payload)) as Acknowledgement & T;
  }

  /** As `ask`, for what has to succeed. @throws Error with the problem when it was refused */
  async tell<T extends object = object>(event: string, ...payload: unknown[]): Promise<Acknowledgement & T> {
    const answer = await this.ask<T>(event, ...payload);
    if (!answer.ok) throw new Error(`${event} was refused: ${JSON.stringify(answer.error)}`);
    return answer;
  }

  /** As `ask`, for what must be refused. @returns the problem's code */
  async refusal(event: string, ...payload: unknown[]): Promise<string | undefined> {
    const { ok, error } = await this.ask(event, ...payload);
    return ok ? 'accepted' : error?.code;
  }

  /** Every payload of an event so far, in the order of arrival. */
  all<T>(event: string): T[] {
    return this.heard.filter((received) => received.event === event).map(({ payload }) => payload as T);
  }

  /** The first payload of an event that matches, whether it has come already or is still to come. */
  async first<T>(event: string, matches: (payload: T) => boolean = () => true): Promise<T> {
    const accepts = (received: Received): boolean => received.event === event && matches(received.payload as T);
    const there = this.heard.find(accepts);
    if (there !== undefined) return there.payload as T;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(waiter);
        reject(new Error(`${event} did not come; heard ${this.heard.map((received) => received.event).join(', ')}`));
      }, PATIENCE_MS);
      const waiter: Waiter = {
        accepts,
        resolve: (payload) => {
          clearTimeout(timer);
          resolve(payload as T);
        },
      };
      this.waiting.add(waiter);
    });
  }

  close(): void {
    this.socket.disconnect();
    open.delete(this.socket);
  }
}

type Options = Partial<ManagerOptions & SocketOptions>;

/** Connects with an access token. @throws Error with the problem as `data` when the handshake is refused */
export async function openSocket(
  server: ServerAddress,
  accessToken: unknown,
  options: Options = {},
): Promise<RawSocket> {
  const socket = io(server.url, {
    auth: { token: accessToken },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...options,
  });
  open.add(socket);
  // It listens before it is connected: what the server says first must not be missed.
  const raw = new RawSocket(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return raw;
}

/** The problem with which the server refuses a handshake. */
export async function handshakeRefusal(
  server: ServerAddress,
  accessToken: unknown,
  options: Options = {},
): Promise<Problem | undefined> {
  try {
    (await openSocket(server, accessToken, options)).close();
    return undefined;
  } catch (error) {
    return (error as { data?: Problem }).data;
  }
}

/** Closes every socket that a test opened. */
export function closeSockets(): void {
  for (const socket of open) socket.disconnect();
  open.clear();
}
