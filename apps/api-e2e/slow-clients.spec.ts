import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Message } from '@chatr/contracts';
import { directChat, registerPeople } from './support/chats.js';
import { until } from './support/clients.js';
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

it(
  'lets a client go that does not read, while the others get everything in order',
  async () => {
    const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
    const { id: chatId } = await directChat(server, ann, bob);
    const sender = await openSocket(server, ann.accessToken);
    const reader = await openSocket(server, bob.accessToken);
    const deaf = await openDeafSocket(bob.accessToken);
    let gone = false;
    deaf.once('close', () => (gone = true));
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
    expect(server.logs.filter((line) => line.includes('reads too slowly'))).toHaveLength(1);
    // Whoever reads on finds out that the connection is over.
    deaf.resume();
    await until('its connection is ended', () => gone);
  },
  PATIENCE_MS,
);
