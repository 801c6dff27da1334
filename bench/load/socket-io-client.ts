import { randomUUID } from 'node:crypto';
import type { Person } from '../world.js';
import { Answers } from './answers.js';
import { Outbox, type Reply } from './outbox.js';
import { type Arrivals, type Connection, type Protocol, readMark } from './protocol.js';
import { WebSocketClient } from './websocket.js';

const PATH = '/socket.io/?EIO=4&transport=websocket';
const CONNECT_MS = 60_000;

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const [OPEN, PING, MESSAGE] = [0x30, 0x32, 0x34]; // Engine.IO: 0, 2, 4
const [CONNECTED, EVENT, ACK, REFUSED] = [0x30, 0x32, 0x33, 0x34]; // Socket.IO, after the 4: 0, 2, 3, 4
const RECEIVED = Buffer.from('42["message:received",');
const SEQ = Buffer.from('"seq":');
/** What a refusal holds that is for now only. */
const RETRY_AFTER = /"retryAfter":([\d.]+)/;
/** The acknowledgement that begins `[{"ok":true`. */
const OK = Buffer.from('[{"ok":t');

type Answer = (ok: boolean, buffer: Buffer, start: number, end: number) => void;

/** Speaks what Chatr's clients speak, and reads no more of what comes than is counted. */
export class SocketIoConnection implements Connection {
  private readonly socket: WebSocketClient;
  private readonly answers = new Answers<Answer>();
  private readonly outboxes = new Map<string, Outbox>();
  private readonly mark = { stream: 0, number: 0 };
  private ended = false;
  /** Set while connecting. */
  private settle: ((error?: Error) => void) | undefined;
  /** When the handshake was through, as `performance.now()`. */
  connectedAt = 0;

  constructor(
    port: number,
    private readonly account: Person,
    readonly person: number,
    private readonly arrivals: Arrivals,
    settle: (error?: Error) => void,
  ) {
    this.settle = settle;
    this.socket = new WebSocketClient(port, PATH, {
      opened: () => undefined,
      text: (buffer, start, end) => this.read(buffer, start, end),
      closed: (reason) => this.closed(reason),
    });
  }

  send(chat: string, text: string, answered: (accepted: boolean) => void): void {
    // One name for all attempts: the server tells a repetition by it.
    const draft = `{"chatId":"${chat}","clientId":"${randomUUID()}","content":"${text}"}`;
    this.outboxOf(chat).send(draft, answered);
  }

  /** Sends an event and waits for its acknowledgement. @returns what the server answered, parsed */
  request(event: string, payload: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.answers.expect((_ok, buffer, start, end) => {
        if (end === start) reject(new Error(`the connection ended before ${event} was answered`));
        else resolve((JSON.parse(buffer.toString('utf8', start, end)) as unknown[])[0]);
      });
      this.socket.send(`42${id}${JSON.stringify([event, payload])}`);
    });
  }

  /** Sends an event to which nothing needs to be answered. */
  tell(event: string, payload: unknown): void {
    this.socket.send(`42${JSON.stringify([event, payload])}`);
  }

  close(): void {
    this.ended = true;
    this.socket.destroy();
  }

  private outboxOf(chat: string): Outbox {
    let outbox = this.outboxes.get(chat);
    if (outbox === undefined) {
      outbox = new Outbox(
        (draft, replied) => this.transmit(draft, replied),
        () => this.arrivals.refused(),
      );
      this.outboxes.set(chat, outbox);
    }
    return outbox;
  }

  private transmit(draft: string, replied: (reply: Reply) => void): void {
    const id = this.answers.expect((ok, buffer, start, end) => {
      const again = ok ? null : RETRY_AFTER.exec(buffer.toString('latin1', start, end));
      replied(again === null ? { taken: ok } : { againAfter: Number(again[1]) });
    });
    this.socket.send(`42${id}["message:send",${draft}]`);
  }

  private read(buffer: Buffer, start: number, end: number): void {
    const kind = buffer[start];
    if (kind === MESSAGE) this.readPacket(buffer, start, end);
    else if (kind === PING) this.socket.send('3');
    else if (kind === OPEN) this.socket.send(`40${JSON.stringify({ token: this.account.token })}`);
  }

  private readPacket(buffer: Buffer, start: number, end: number): void {
    const kind = buffer[start + 1];
    if (kind === EVENT) this.readEvent(buffer, start, end);
    else if (kind === ACK) this.readAnswer(buffer, start, end);
    else if (kind === CONNECTED) {
      this.connectedAt = performance.now();
      this.settled();
    } else if (kind === REFUSED) {
      this.settled(new Error(`the server refused a connection: ${buffer.toString('utf8', start, end)}`));
      this.close();
    }
  }

  private readEvent(buffer: Buffer, start: number, end: number): void {
    if (!startsWith(buffer, RECEIVED, start) || !readMark(buffer, start, end, this.mark)) return;
    this.arrivals.arrived(this.person, this.mark.stream, this.mark.number, readSeq(buffer, start, end));
  }

  private readAnswer(buffer: Buffer, start: number, end: number): void {
    let id = 0;
    let at = start + 2;
    for (let byte = buffer[at]; byte !== undefined && byte >= DIGIT_0 && byte <= DIGIT_9; byte = buffer[++at])
      id = id * 10 + byte - DIGIT_0;
    this.answers.take(id)?.(startsWith(buffer, OK, at), buffer, at, end);
  }

  private closed(reason: string): void {
    if (this.settle !== undefined) this.settled(new Error(`a connection failed: ${reason}`));
    else if (!this.ended) this.arrivals.dropped(this.person, reason);
    for (const outbox of this.outboxes.values()) outbox.close();
    for (const answer of this.answers.takeAll()) answer(false, Buffer.alloc(0), 0, 0);
  }

  private settled(error?: Error): void {
    const { settle } = this;
    this.settle = undefined;
    settle?.(error);
  }
}

function startsWith(buffer: Buffer, beginning: Buffer, at: number): boolean {
  return buffer.compare(beginning, 0, beginning.length, at, Math.min(at + beginning.length, buffer.length)) === 0;
}

function readSeq(buffer: Buffer, start: number, end: number): number {
  const found = buffer.indexOf(SEQ, start);
  if (found === -1 || found >= end) return 0;
  let seq = 0;
  let at = found + SEQ.length;
  for (let byte = buffer[at]; byte !== undefined && byte >= DIGIT_0 && byte <= DIGIT_9; byte = buffer[++at])
    seq = seq * 10 + byte - DIGIT_0;
  return seq;
}

export class SocketIoProtocol implements Protocol<SocketIoConnection> {
  constructor(private readonly port: number) {}

  connect(person: Person, index: number, arrivals: Arrivals): Promise<SocketIoConnection> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(new Error('a connection took too long')), CONNECT_MS);
      const settle = (error?: Error): void => {
        clearTimeout(timer);
        if (error === undefined) resolve(connection);
        else reject(error);
      };
      const connection = new SocketIoConnection(this.port, person, index, arrivals, settle);
    });
  }
}

/** For what only Socket.IO servers are asked. @throws Error for a connection of another kind */
export function socketIo(connection: Connection): SocketIoConnection {
  if (connection instanceof SocketIoConnection) return connection;
  throw new Error('this scenario is for Socket.IO servers');
}
