// A WebSocket client of as little work as possible: what it costs is taken from the database, on the core they share. It
// speaks to well-behaved servers only: text frames in one piece, no compression.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const TEXT = 0x81;
const CLOSE = 0x88;
const PONG = 0x8a;
const OPCODE = 0x0f;
const PING_OPCODE = 0x9;
const CLOSE_OPCODE = 0x8;
/** A mask of zeros is a mask, and leaves the text as it is. */
const MASK_BYTES = 4;
const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** Every socket reads into the same memory: what was read is dealt with before another one reads. */
const shared = Buffer.allocUnsafe(256 * 1024);

export interface WebSocketHandlers {
  opened(): void;
  /** The text is `buffer` from `start` to `end`, valid only until this returns. */
  text(buffer: Buffer, start: number, end: number): void;
  closed(reason: string): void;
}

export class WebSocketClient {
  private readonly socket: Socket;
  private upgraded = false;
  /** The part of a frame whose end has not come yet. */
  private rest: Buffer | undefined;

  constructor(
    port: number,
    path: string,
    private readonly handlers: WebSocketHandlers,
  ) {
    let reason = 'the server closed the connection';
    this.socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (length) => {
          this.read(shared.subarray(0, length));
          return true;
        },
      },
    });
    this.socket.once('connect', () => this.socket.write(upgradeRequest(port, path)));
    this.socket.once('error', (error) => (reason = error.message));
    this.socket.once('close', () => handlers.closed(reason));
  }

  send(text: string): void {
    this.socket.write(frame(TEXT, text));
  }

  /** Ends at once, as a network that breaks does. */
  destroy(): void {
    this.socket.destroy();
  }

  /** Stops or goes on reading: what comes meanwhile piles up at the server. */
  setReading(reading: boolean): void {
    if (reading) this.socket.resume();
    else this.socket.pause();
  }

  private read(chunk: Buffer): void {
    const data = this.rest === undefined ? chunk : Buffer.concat([this.rest, chunk]);
    this.rest = undefined;
    const used = this.upgraded ? this.readFrames(data, 0) : this.readHead(data);
    if (used < data.length) this.rest = Buffer.from(data.subarray(used));
  }

  private readHead(data: Buffer): number {
    const end = data.indexOf(END_OF_HEAD);
    if (end === -1) return 0;
    if (!data.toString('latin1', 0, 12).endsWith(' 101')) {
      this.socket.destroy(new Error(`the server answered ${data.toString('latin1', 0, data.indexOf('\r\n'))}`));
      return data.length;
    }
    this.upgraded = true;
    this.handlers.opened();
    return this.readFrames(data, end + END_OF_HEAD.length);
  }

  /** @returns where the first incomplete frame begins */
  private readFrames(data: Buffer, from: number): number {
    let at = from;
    while (at + 2 <= data.length) {
      const short = data.readUInt8(at + 1);
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (at + head > data.length) break;
      const length = short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : data.readUInt32BE(at + 6);
      const start = at + head;
      const end = start + length;
      if (end > data.length) break;
      const opcode = data.readUInt8(at) & OPCODE;
      if (opcode === PING_OPCODE) this.socket.write(frame(PONG, data.toString('latin1', start, end)));
      else if (opcode === CLOSE_OPCODE) this.socket.end(frame(CLOSE, ''));
      else this.handlers.text(data, start, end);
      at = end;
    }
    return at;
  }
}

function upgradeRequest(port: number, path: string): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
    '\r\n',
  ].join('\r\n');
}

function frame(kind: number, text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(head + MASK_BYTES + length);
  bytes.writeUInt8(kind, 0);
  bytes.writeUInt8(0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127), 1);
  if (head === 4) bytes.writeUInt16BE(length, 2);
  if (head === 10) bytes.writeBigUInt64BE(BigInt(length), 2);
  bytes.fill(0, head, head + MASK_BYTES);
  bytes.write(text, head + MASK_BYTES);
  return bytes;
}
