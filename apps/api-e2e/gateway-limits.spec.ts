import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, Problem } from '@chatr/contracts';
import { directChat, historyOf, registerPeople, trySend } from './support/chats.js';
import { ask, call } from './support/http.js';
import { type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';
import { closeSockets, handshakeRefusal, openSocket } from './support/sockets.js';

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

const ADMIN = 'boss@example.test';
const TOKEN_SECONDS = 3;
const countUp = (to: number): number[] => Array.from({ length: to }, (_, index) => index + 1);

let server: TestServer;
let ann: Person;
let bob: Person;
let boss: Person;

beforeAll(async () => {
  server = await startServer({
    RATE_LIMITS: 'on',
    ACCESS_TOKEN_SECONDS: String(TOKEN_SECONDS),
    ADMIN_EMAIL: ADMIN,
    DRAIN_MS: '1500',
  });
  boss = await registerPerson(server, { email: ADMIN });
  [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
});

afterEach(closeSockets);

afterAll(() => server.destroy());

/** Tokens are short-lived here: each test gets a new one. */
async function freshToken(person: Person): Promise<string> {
  const tokens = await ask<Tokens>(server, '/auth/refresh', { body: { refreshToken: person.refreshToken } });
  person.refreshToken = tokens.refreshToken;
  return (person.accessToken = tokens.accessToken);
}

const expiryOf = (token: string): number =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number }).exp * 1000;

test('a connection ends with its token, and says so', async () => {
  const token = await freshToken(ann);
  const socket = await openSocket(server, token);
  expect(await socket.first('session:ended')).toEqual({ reason: 'expired' });
  await socket.first('disconnect');
  expect(Date.now()).toBeGreaterThanOrEqual(expiryOf(token) - 50);
  expect((await handshakeRefusal(server, token))?.code).toBe('token_expired');
});

test('a connection that gets a new token in time lives on', async () => {
  const token = await freshToken(ann);
  const socket = await openSocket(server, token);
  while (Date.now() < expiryOf(token) + 1_500) {
    await sleep(1_000);
    await socket.tell('auth:renew', { token: await freshToken(ann) });
  }
  expect(socket.socket.connected).toBe(true);
  expect(socket.all('session:ended')).toEqual([]);
  expect(await socket.refusal('auth:renew', { token })).toBe('token_expired');
});

test('a suspended person is out at once, with all devices, and back when restored', async () => {
  const victim = await registerPerson(server);
  const sockets = [await openSocket(server, victim.accessToken), await openSocket(server, victim.accessToken)];
  const { id: chatId } = await directChat(server, { ...bob, accessToken: await freshToken(bob) }, victim);
  const suspend = (what: string, accessToken: string): Promise<unknown> =>
    ask(server, `/admin/users/${victim.id}/${what}`, { method: 'POST', accessToken });
  await suspend('suspend', await freshToken(boss));
  for (const socket of sockets) {
    expect(await socket.first('session:ended')).toEqual({ reason: 'suspended' });
    await socket.first('disconnect');
  }
  expect(['account_suspended', 'session_ended']).toContain((await handshakeRefusal(server, victim.accessToken))?.code);
  // Nobody opens a chat with them, or takes them into a group; what was said stays, and can be gone on with.
  const accessToken = await freshToken(ann);
  for (const body of [
    { type: 'direct', userId: victim.id },
    { type: 'group', name: 'Group', memberIds: [victim.id] },
  ]) {
    expect((await call<Problem>(server, '/chats', { body, accessToken })).body.code).toBe('not_found');
  }
  const group = await ask<{ id: string }>(server, '/chats', {
    body: { type: 'group', name: 'Group', memberIds: [] },
    accessToken,
  });
  const added = await call<Problem>(server, `/groups/${group.id}/members`, {
    body: { userIds: [victim.id] },
    accessToken,
  });
  expect(added.body.code).toBe('not_found');
  expect(
    (await trySend(server, { ...bob, accessToken: await freshToken(bob) }, chatId, { content: 'later' })).status,
  ).toBe(201);
  await suspend('restore', await freshToken(boss));
  const body = { identifier: victim.username, password: victim.password };
  const back = await ask<Tokens>(server, '/auth/login', { body });
  const page = await historyOf(server, { ...victim, accessToken: back.accessToken }, chatId);
  expect(page.items.map(({ content }) => content)).toEqual(['later']);
});

test('who sends messages faster than anybody types is slowed down, and what is stored is answered all the same', async () => {
  const [gil, hal] = await registerPeople(server, 'Gil', 'Hal');
  const { id: chatId } = await directChat(server, gil, hal);
  const sockets = [await openSocket(server, gil.accessToken), await openSocket(server, gil.accessToken)];
  const send = (number: number): ReturnType<(typeof sockets)[0]['ask']> =>
    (sockets[number % 2] as (typeof sockets)[0]).ask<{ message: Message }>('message:send', {
      chatId,
      clientId: `${number}`,
      content: `message ${number}`,
    });
  const answers = await Promise.all(countUp(640).map(send));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(600);
  for (const device of [0, 1]) {
    // What came before the first refusal is not held up by it, and nothing overtakes it.
    const outcomes = answers.filter((_, index) => index % 2 === device).map(({ ok }) => (ok ? '+' : '-'));
    expect(outcomes.join('')).toMatch(/^[+]+-*$/);
  }
  for (const { error } of answers.filter(({ ok }) => !ok)) {
    expect(['rate_limited', 'send_again']).toContain(error?.code);
    expect(error?.retryAfter).toBeGreaterThan(0);
  }
  const accessToken = await freshToken(gil);
  const repeated = { chatId, clientId: '1', content: 'message 1' };
  expect((await (await openSocket(server, accessToken)).tell('message:send', repeated))['replayed']).toBe(true);
  const answer = await call<Problem>(server, `/chats/${chatId}/messages`, {
    body: { clientId: 'rest', content: 'x' },
    accessToken,
  });
  expect([answer.status, answer.body.code, Number(answer.headers.get('retry-after')) > 0]).toEqual([
    429,
    'rate_limited',
    true,
  ]);
});

test('a connection that floods is told to slow down, then ended, and the others do not notice', async () => {
  const [flooding, calm] = [
    await openSocket(server, await freshToken(ann)),
    await openSocket(server, await freshToken(bob)),
  ];
  const codes: (string | undefined)[] = [];
  for (let number = 0; number < 3_000; number++) {
    flooding.socket.emit('presence:set', 'online', ({ ok, error }: { ok: boolean; error?: Problem }) =>
      codes.push(ok ? 'ok' : error?.code),
    );
  }
  await calm.tell('presence:set', 'online');
  await flooding.first('disconnect');
  expect(new Set(codes)).toEqual(new Set(['ok', 'rate_limited']));
  await (await openSocket(server, await freshToken(ann))).tell('presence:set', 'online');
});

test('a server that is told to stop lets its people move on, loses nothing, and ends well', async () => {
  const [gil, hal] = await registerPeople(server, 'Gil', 'Hal');
  const { id: chatId } = await directChat(server, gil, hal);
  const socket = await openSocket(server, gil.accessToken);
  const acknowledged: string[] = [];
  const clientIds = countUp(300).map((number) => `${number}`);
  for (const clientId of clientIds) {
    socket.socket.emit('message:send', { chatId, clientId, content: clientId }, ({ ok }: { ok: boolean }) => {
      if (ok) acknowledged.push(clientId);
    });
  }
  const stopping = server.stop();
  expect(await socket.first('server:draining')).toEqual({ reconnectWithinMs: 1500 });
  const ready = await call<Problem>(server, '/health/ready');
  expect([ready.status, ready.body.code]).toEqual([503, 'unavailable']);
  expect((await call(server, '/health/live')).status).toBe(200);
  expect(await handshakeRefusal(server, hal.accessToken)).toMatchObject({ code: 'unavailable', retryAfter: 1 });
  await socket.first('disconnect');
  expect(await stopping).toBe(0);
  await server.restart();
  const stored: string[] = [];
  for (let hasMore = true; hasMore;) {
    const page = await historyOf(
      server,
      { ...gil, accessToken: await freshToken(gil) },
      chatId,
      `after=${stored.length}&limit=100`,
    );
    stored.push(...page.items.map(({ clientId }) => clientId));
    hasMore = page.hasMore;
  }
  expect(stored).toEqual(clientIds.slice(0, stored.length));
  expect(stored.length).toBeGreaterThanOrEqual(acknowledged.length);
  expect(acknowledged.length).toBeGreaterThan(0);
});
