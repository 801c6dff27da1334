import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A wire to a database that tests can cut, block, or break at a chosen moment. */
export class TcpProxy {
  private readonly pairs = new Set<[Socket, Socket]>();
  private blocked = false;
  private waitsForCommit = false;
  private cutHappened: (() => void) | undefined;

  private constructor(
    private readonly server: Server,
    /** Where the database can be reached through the proxy. */
    readonly url: string,
  ) {}

  /** @param target the database's own URL */
  static async before(target: string): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: false }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the proxy has no address');
    const { hostname, port } = new URL(target);
    const url = new URL(target);
    url.port = String(address.port);
    const proxy = new TcpProxy(server, url.href);
    server.on('connection', (near) => proxy.forward(near, connect(Number(port), hostname)));
    return proxy;
  }

  /** Ends every connection, and takes no new one until `mend`. */
  cut(): void {
    this.server.close();
    this.endAll();
  }

  /** Takes connections again after `cut`. */
  async mend(): Promise<void> {
    this.server.listen(Number(new URL(this.url).port), '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** Leaves all connections open and lets nothing through: a database that hangs. */
  block(): void {
    this.blocked = true;
    for (const sockets of this.pairs) for (const socket of sockets) socket.pause();
  }

  /** Lets what was held up through. */
  unblock(): void {
    this.blocked = false;
    for (const sockets of this.pairs) for (const socket of sockets) socket.resume();
  }

  /** The next connection over which something is committed is ended before it hears that it is. Resolves when that has happened. */
  loseAnswerToCommit(): Promise<void> {
    this.waitsForCommit = true;
    return new Promise((resolve) => (this.cutHappened = resolve));
  }

  close(): void {
    this.cut();
  }

  private forward(near: Socket, far: Socket): void {
    const pair: [Socket, Socket] = [near, far];
    this.pairs.add(pair);
    const end = (): void => {
      this.pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    if (this.blocked) for (const socket of pair) socket.pause();
    let silenced = false;
    near.on('data', (data) => {
      far.write(data);
      if (!this.waitsForCommit || !data.includes('COMMIT')) return;
      this.waitsForCommit = false;
      silenced = true;
      near.pause();
    });
    far.on('data', (data) => {
      if (!silenced) near.write(data);
      else if (data.includes('COMMIT')) {
        // The answer shows that it is committed; nobody hears it.
        end();
        this.cutHappened?.();
      }
    });
  }

  private endAll(): void {
    for (const sockets of this.pairs) for (const socket of sockets) socket.destroy();
    this.pairs.clear();
  }
}
