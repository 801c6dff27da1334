import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../schedule/random.js';
import { Balancer, type Door, type Target } from './balancer.js';

describe('the balancer', () => {
  let servers: Server[];
  let balancer: Balancer;
  let door: Door;
  let ready: boolean[];
  let asked: string[];

  beforeEach(async () => {
    ready = [true, true];
    asked = [];
    servers = [0, 1].map((index) =>
      createHttpServer((request, response) => {
        asked.push(request.url ?? '');
        response.writeHead(ready[index] ? 200 : 503).end(`node ${index}`);
      }),
    );
    const targets: Target[] = [];
    for (const [index, server] of servers.entries()) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (typeof address !== 'object' || address === null) throw new Error('no address');
      targets.push({ index, port: address.port, url: `http://127.0.0.1:${address.port}` });
    }
    balancer = new Balancer(targets, new Random(1));
    door = await balancer.openDoor();
    await sleep(700); // it has looked who is ready
  });

  afterEach(async () => {
    await balancer.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** A connection that asks again and again, and what came of it. */
  const open = (path: string): { socket: Socket; ask: () => void; heard: () => number; closed: () => boolean } => {
    const socket = connect(Number(new URL(door.url).port), '127.0.0.1').on('error', () => undefined);
    let [answers, closed] = [0, false];
    socket.on('data', () => (answers += 1)).on('close', () => (closed = true));
    const ask = (): void => void socket.write(`GET ${path} HTTP/1.1\r\nhost: here\r\n\r\n`);
    ask();
    return { socket, ask, heard: () => answers, closed: () => closed };
  };
  const nodeOf = async (path: string): Promise<string> => (await fetch(`${door.url}${path}`)).text();

  it('keeps the order of what is said while the network becomes fast again', async () => {
    const socket = connect(Number(new URL(door.url).port), '127.0.0.1').on('error', () => undefined);
    const paths = Array.from({ length: 40 }, (_, index) => `/piece-${index}`);
    socket.setNoDelay(true);
    door.slow(200, 60);
    for (const path of paths) {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: here\r\n\r\n`);
      await sleep(3);
    }
    await sleep(400);
    expect(asked.filter((path) => path.startsWith('/piece'))).toEqual(paths);
    socket.destroy();
  });

  it('passes what both ends say', async () => {
    const line = open('/socket.io/');
    await sleep(100);
    expect(line.heard()).toBe(1);
    line.ask();
    await sleep(100);
    expect(line.heard()).toBe(2);
    expect(door.line).toBeDefined();
  });

  it('sends nobody to a node that is not ready, and anybody anywhere when none is', async () => {
    ready[0] = false;
    await sleep(700);
    for (let time = 0; time < 5; time++) expect(await nodeOf('/')).toBe('node 1');
    ready[1] = false;
    await sleep(700);
    expect(await nodeOf('/')).toMatch(/node/);
  });

  it('sends a client’s connections for events to one node', async () => {
    const first = open('/socket.io/');
    await sleep(100);
    const node = door.line?.node;
    for (let time = 0; time < 8; time++) expect(await nodeOf('/socket.io/')).toBe(`node ${node ?? ''}`);
    first.socket.destroy();
  });

  it('cuts', async () => {
    const line = open('/socket.io/');
    await sleep(100);
    door.cut();
    await sleep(100);
    expect(line.closed()).toBe(true);
    expect(door.line).toBeUndefined();
  });

  it('goes silent without closing, and carries new connections', async () => {
    const line = open('/socket.io/');
    await sleep(100);
    door.silence();
    line.ask();
    await sleep(200);
    expect([line.heard(), line.closed()]).toEqual([1, false]);
    expect(door.line).toBeUndefined();
    expect(await nodeOf('/')).toMatch(/node/);
    door.endSilent();
    await sleep(50);
    expect(line.closed()).toBe(true);
  });

  it('is slow, both ways, until it is mended', async () => {
    const line = open('/socket.io/');
    await sleep(100);
    door.slow(200, 60_000);
    line.ask();
    await sleep(300);
    expect(line.heard()).toBe(1);
    expect(door.line).toBeUndefined();
    await sleep(300);
    expect(line.heard()).toBe(2);
    door.mend();
    line.ask();
    await sleep(100);
    expect(line.heard()).toBe(3);
  });
});
