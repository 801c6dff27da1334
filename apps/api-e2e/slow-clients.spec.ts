import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Message } from '@chatr/contracts';
import { directChat, registerPeople } from './support/chats.js';
import { until } from './support/clients.js';
import type { Person } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';
import { closeSockets, openSocket } from './support/sockets.js';

const PATIENCE_MS = 90_000;
/** Together far more than a connection may hold back, the kernel's own buffers included. */
const MESSAGES = 4_000;
const CONTENT = 'x'.repeat(9_000);

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});

afterEach(closeSockets);

afterAll(() => server.destroy());

/** Somebody's connection that stops reading once it stands. */
async function openDeafSocket(accessToken: string): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.from(randomUUID()).toString('base64').slice(0, 22)}==\r\n\r\n`,
  );
  await heard(socket, '101');
  socket.write(frameOf(`40${JSON.stringify({ token: accessToken })}`));
  await heard(socket, '40{"sid"');
  socket.pause();
  return socket;
}

async function heard(socket: Socket, text: string): Promise<void> {
  for (;;) {
    const [data] = (await once(socket, 'data')) as [Buffer];
    if (data.includes(text)) return;
  }
}

/** A masked text frame, as clients must send it; the mask is zero. */
function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0]);
  return Buffer.concat([head, payload]);
}

/** Somebody's connection by polling that does not poll again once it stands. @returns asks for what has come meanwhile */
async function openDeafPolling(accessToken: string): Promise<() => Promise<number>> {
  const path = `${server.url}/socket.io/?EIO=4&transport=polling`;
  const opening = await (await fetch(path)).text();
  const { sid } = JSON.parse(opening.slice(1)) as { sid: string };
  await fetch(`${path}&sid=${sid}`, { method: 'POST', body: `40${JSON.stringify({ token: accessToken })}` });
  for (let answer = ''; !answer.includes('40{"sid"');) answer = await (await fetch(`${path}&sid=${sid}`)).text();
  return async () => (await fetch(`${path}&sid=${sid}`)).status;
}

describe('a client that does not read', () => {
  let ann: Person;
  let bob: Person;
  let chatId: string;

  beforeEach(async () => {
    [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
    chatId = (await directChat(server, ann, bob)).id;
  });

  const complaints = (): number => server.logs.filter((line) => line.includes('reads too slowly')).length;

  /** Sends so much to Bob's connections that no buffer holds it, while one of his devices reads. */
  async function flood(): Promise<void> {
    const sender = await openSocket(server, ann.accessToken);
    const reader = await openSocket(server, bob.accessToken);
    for (let sent = 0; sent < MESSAGES; sent += 200) {
      const burst = Array.from({ length: 200 }, () =>
        sender.tell('message:send', { chatId, clientId: randomUUID(), content: CONTENT }),
      );
      await Promise.all(burst);
    }
    await until('the reader has everything', () => reader.all('message:received').length === MESSAGES);
    expect(reader.all<Message>('message:received').map(({ seq }) => seq)).toEqual(
      Array.from({ length: MESSAGES }, (_, index) => index + 1),
    );
  }

  it(
    'is let go, while the others get everything in order',
    async () => {
      const deaf = await openDeafSocket(bob.accessToken);
      let gone = false;
      deaf.once('close', () => (gone = true));
      const before = complaints();
      await flood();
      expect(complaints() - before).toBe(1);
      // Whoever reads on finds out that the connection is over.
      deaf.resume();
      await until('its connection is ended', () => gone);
    },
    PATIENCE_MS,
  );

  it(
    'is let go as well when it is one that fetches',
    async () => {
      const fetchAgain = await openDeafPolling(bob.accessToken);
      const before = complaints();
      await flood();
      expect(complaints() - before).toBe(1);
      expect(await fetchAgain()).toBe(400);
    },
    PATIENCE_MS,
  );
});
