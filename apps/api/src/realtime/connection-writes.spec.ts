import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { BACKLOG_LIMIT, gatherWrites } from './connection-writes.js';

let near: Socket;
let far: Socket;
let slow: number;
const ends: (() => void)[] = [];

beforeEach(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  far = connect(address.port, '127.0.0.1');
  [near] = (await once(server, 'connection')) as [Socket];
  for (const socket of [near, far]) socket.on('error', () => undefined);
  slow = 0;
  gatherWrites(near, () => (slow += 1));
  ends.push(() => {
    near.destroy();
    far.destroy();
    server.close();
  });
});

afterEach(() => ends.splice(0).forEach((end) => end()));

const read = async (bytes: number): Promise<string> => {
  let text = '';
  while (text.length < bytes) text += String((await once(far, 'data'))[0]);
  return text;
};

it('hands what one turn writes to the system at once, in order, and says at once that it is written', async () => {
  let system = 0;
  const handle = (near as unknown as { _handle: { writev: (...args: unknown[]) => number } })._handle;
  const writev = handle.writev.bind(handle);
  handle.writev = (...args) => {
    system += 1;
    return writev(...args);
  };
  let written = 0;
  near.write('one ', () => (written += 1));
  near.write('two ', 'utf8', () => (written += 1));
  // As a WebSocket does for each frame.
  near.cork();
  near.write(Buffer.from('thr'));
  near.write('ee', () => (written += 1));
  near.uncork();
  expect([written, system]).toEqual([3, 0]);
  expect(await read(13)).toBe('one two three');
  expect(system).toBe(1);
  near.write('later');
  expect(await read(5)).toBe('later');
});

it('ends a connection whose other side does not read, and tells why once', async () => {
  far.pause();
  const chunk = Buffer.alloc(100_000);
  const closed = once(near, 'close');
  let sent = 0;
  while (!near.destroyed && sent < 50 * BACKLOG_LIMIT) {
    near.write(chunk);
    sent += chunk.length;
    if (sent % 1_000_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await closed;
  near.write(chunk);
  expect(slow).toBe(1);
});
