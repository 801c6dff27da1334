import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { socketPath, type WorkerPlace } from './worker-place.js';

const PATH = '/socket.io/';
/** Engine.IO's own answer for a connection that it does not know: the client begins a new one. */
const UNKNOWN_CONNECTION = JSON.stringify({ code: 1, message: 'Session ID unknown' });

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;
type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * A client without WebSockets asks again and again, over whatever connections its browser has open, and each request may come to
 * another worker than the one that knows it. So the id of a connection names its worker, and a worker that gets another one's
 * request passes it on. Connections that begin as WebSockets stay where they are and never come here.
 */
export class StickyConnections {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly inner = createServer();
  private readonly piped = new Set<Duplex>();

  constructor(private readonly place: WorkerPlace) {
    // The other workers' connections to this one live as long as they do: none is closed just as a request comes over it.
    this.inner.keepAliveTimeout = 0;
    this.inner.requestTimeout = 0;
  }

  /** An id for a new connection, which nobody can guess. */
  newId(): string {
    return `${this.place.slot}.${randomBytes(15).toString('base64url')}`;
  }

  /** Stands between a server and its listeners, all of which must be there; and takes what other workers pass on. */
  async attach(server: Server): Promise<void> {
    const requests = takeListeners<RequestListener>(server, 'request');
    const upgrades = takeListeners<UpgradeListener>(server, 'upgrade');
    const serve: RequestListener = (...args) => requests.forEach((listener) => listener(...args));
    const upgrade: UpgradeListener = (...args) => upgrades.forEach((listener) => listener(...args));
    server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
      const slot = this.elsewhere(incoming);
      if (slot === undefined) serve(incoming, response);
      else this.passOn(slot, incoming, response);
    });
    server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      const slot = this.elsewhere(incoming);
      if (slot === undefined) upgrade(incoming, socket, head);
      else this.pipe(slot, incoming, socket, head);
    });
    this.inner.on('request', serve).on('upgrade', upgrade);
    server.once('close', () => this.close());
    await this.listen();
  }

  private listen(): Promise<void> {
    const path = socketPath(this.place, this.place.slot);
    // What a predecessor left that was killed.
    if (process.platform !== 'win32') rmSync(path, { force: true });
    return new Promise((resolve, reject) => {
      this.inner.once('error', reject);
      // This worker's own, not one that the primary hands out.
      this.inner.listen({ path, exclusive: true }, resolve);
    });
  }

  /** The slot of the worker that knows the connection, where that is another one. */
  private elsewhere({ url = '' }: IncomingMessage): number | undefined {
    if (!url.startsWith(PATH)) return undefined;
    const id = new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('sid');
    const slot = Number(/^(\d{1,3})\./.exec(id ?? '')?.[1]);
    return slot >= 1 && slot <= this.place.count && slot !== this.place.slot ? slot : undefined;
  }

  private passOn(slot: number, incoming: IncomingMessage, response: ServerResponse): void {
    const outgoing = request({
      socketPath: socketPath(this.place, slot),
      agent: this.agent,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
    });
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    // The worker is gone, and with it the connection.
    outgoing.on('error', () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(400, { 'Content-Type': 'application/json' }).end(UNKNOWN_CONNECTION);
    });
    response.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  }

  private pipe(slot: number, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const inner: Socket = connect(socketPath(this.place, slot));
    const end = (): void => {
      for (const end of [socket, inner]) {
        this.piped.delete(end);
        end.destroy();
      }
    };
    for (const side of [socket, inner]) {
      this.piped.add(side);
      side.on('error', end).on('close', end);
    }
    inner.write(headOf(incoming));
    inner.write(head);
    inner.pipe(socket).pipe(inner);
  }

  private close(): void {
    this.inner.close();
    this.inner.closeAllConnections();
    this.agent.destroy();
    for (const side of this.piped) side.destroy();
  }
}

function takeListeners<Listener>(server: Server, event: 'request' | 'upgrade'): Listener[] {
  const listeners = server.listeners(event) as Listener[];
  server.removeAllListeners(event);
  return listeners;
}

/** The beginning of a request, as it came. */
function headOf({ method = 'GET', url = '/', rawHeaders }: IncomingMessage): string {
  let head = `${method} ${url} HTTP/1.1\r\n`;
  for (let index = 0; index < rawHeaders.length; index += 2)
    head += `${rawHeaders[index]}: ${rawHeaders[index + 1]}\r\n`;
  return `${head}\r\n`;
}
