import { randomUUID } from 'node:crypto';
import { LIMITS, type Message } from '@chatr/contracts';
import { directChat, historyOf, refused, type Refusal, registerPeople, send, trySend } from './support/chats.js';
import { type Answer, ask, call } from './support/http.js';
import type { Person } from './support/people.js';
import { sharedServer } from './support/shared-server.js';
import { closeSockets, openSocket, type RawSocket } from './support/sockets.js';

const server = sharedServer();
let ann: Person;
let bob: Person;
let eve: Person;
let chatId: string;
let socket: RawSocket;

beforeAll(async () => {
  [ann, bob, eve] = await registerPeople(server, 'Ann', 'Bob', 'Eve');
  chatId = (await directChat(server, ann, bob)).id;
  socket = await openSocket(server, ann.accessToken);
});

afterAll(closeSockets);

const post = (body: unknown): Promise<Answer<Message & Refusal>> =>
  call(server, `/chats/${chatId}/messages`, { body, accessToken: ann.accessToken });

/** A body as it stands, which `JSON.stringify` would not write. */
async function postText(text: string, contentType = 'application/json'): Promise<[number, string]> {
  const response = await fetch(`${server.url}/api/chats/${chatId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ann.accessToken}`, 'content-type': contentType },
    body: text,
  });
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return [response.status, ((await response.json()) as Refusal).code];
}

describe('what cannot be a message is refused over REST and over the socket, and neither suffers', () => {
  const clientId = randomUUID();
  it.each<[string, unknown]>([
    ['nothing', {}],
    ['no clientId', { content: 'x' }],
    ['a clientId that is a number', { content: 'x', clientId: 1 }],
    ['an empty clientId', { content: 'x', clientId: '' }],
    ['a huge clientId', { content: 'x', clientId: 'x'.repeat(65) }],
    ['a clientId with spaces', { content: 'x', clientId: 'a b' }],
    ['a clientId with a NUL', { content: 'x', clientId: 'a\u0000b' }],
    ['a clientId that would pass for a system message', { content: 'x', clientId: 'system:\n1' }],
    ['no content', { clientId }],
    ['an empty text', { clientId, content: '' }],
    ['spaces only', { clientId, content: ' \t\n\u00a0\u3000' }],
    ['nothing that can be seen', { clientId, content: '\u200b\u200d\u2060\ufeff' }],
    ['a text that is too long', { clientId, content: 'x'.repeat(LIMITS.messageLength + 1) }],
    ['half a character', { clientId, content: 'a\ud83d b' }],
    ['a NUL', { clientId, content: 'a\u0000b' }],
    ['a bell', { clientId, content: 'ding \u0007' }],
    ['an escape sequence', { clientId, content: '\u001b[31mred' }],
    ['a number', { clientId, content: 42 }],
    ['a list', { clientId, content: ['x'] }],
    ['an object', { clientId, content: { toString: 'x' } }],
    ['null', { clientId, content: null }],
    ['true', { clientId, content: true }],
    ['type system', { clientId, content: 'x', type: 'system' }],
    ['type image without an upload', { clientId, content: 'x', type: 'image' }],
    ['an unknown type', { clientId, content: 'x', type: 'hologram' }],
    ['an unknown field', { clientId, content: 'x', senderId: randomUUID() }],
    ['a number of its own', { clientId, content: 'x', seq: 1 }],
    ['an answer to no id', { clientId, content: 'x', replyToId: 'first' }],
  ])('%s', async (_what, draft) => {
    expect(refused(await post(draft))).toEqual([400, 'validation_failed']);
    expect(await socket.refusal('message:send', { chatId, ...(draft as object) })).toBe('validation_failed');
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'hello'],
    ['a number', 1],
    ['a list', []],
    ['a list of lists', [[[]]]],
    ['bytes', Buffer.from('hello')],
    ['no chat', { clientId, content: 'x' }],
    ['a chat that is no id', { chatId: 'x', clientId, content: 'x' }],
    ['a chat that is null', { chatId: null, clientId, content: 'x' }],
    ['a person who is no id', { recipientId: '1', clientId, content: 'x' }],
  ])('%s, as a socket event', async (_what, draft) => {
    expect(await socket.refusal('message:send', draft)).toBe('validation_failed');
  });

  it.each([
    ['{"content":', 400, 'malformed_json'],
    ['{"content": "x", }', 400, 'malformed_json'],
    ['content=x', 400, 'malformed_json'],
    ['"text"', 400, 'malformed_json'],
    ['null', 400, 'malformed_json'],
    ['[]', 400, 'validation_failed'],
    ['', 400, 'validation_failed'],
  ])('the body %s', async (text, status, code) => {
    expect(await postText(text)).toEqual([status, code]);
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'application/xml'])('a body as %s', async (type) => {
    const [status] = await postText('content=x&clientId=y', type);
    expect([400, 415]).toContain(status);
  });

  it('a body in another encoding', async () => {
    expect(await postText('{"content":"x"}', 'application/json; charset=ebcdic')).toEqual([
      415,
      'unsupported_media_type',
    ]);
  });

  it('lists within lists within lists', async () => {
    const [status, code] = await postText(`{"content":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect([status, code]).toEqual([400, 'validation_failed']);
  });

  it('a megabyte', async () => {
    const content = 'x'.repeat(1_000_000);
    expect(refused(await post({ clientId, content }))).toEqual([413, 'payload_too_large']);
    expect(await socket.refusal('message:send', { chatId, clientId, content })).toBe('validation_failed');
  });

  afterAll(async () => {
    // Nothing of it came into the chat, the connection is the one that was opened, and both ways still work.
    expect((await historyOf(server, ann, chatId)).items).toEqual([]);
    await socket.tell('message:send', { chatId, clientId: randomUUID(), content: 'over the socket' });
    await send(server, ann, chatId, 'over REST');
    expect((await historyOf(server, bob, chatId)).items.map(({ seq }) => seq)).toEqual([1, 2]);
  });
});

test.each([
  ['emoji', '👩‍👩‍👧‍👦 🇩🇪 👍🏽 ❤️'],
  ['right-to-left text', 'שלום, مرحبا بالعالم!'],
  ['combining marks', 'Zalgo: Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢'],
  ['several lines', 'first\n\tsecond\n\nlast'],
  ['what looks like code', `<script>alert('x')</script> '; DROP TABLE messages; -- \\u0000 %s \${x} {{x}}`],
  ['the longest text', '𝕏'.repeat(LIMITS.messageLength / 2)],
  ['a single zero', '0'],
  ['an emoji alone', '👍'],
])('%s comes as it was written', async (_what, content) => {
  expect((await send(server, ann, chatId, content)).content).toBe(content);
  const { body } = await call<{ items: Message[] }>(server, `/chats/${chatId}/messages?limit=1`, {
    accessToken: bob.accessToken,
  });
  expect(body.items[0]).toMatchObject({ content, type: 'text', senderId: ann.id });
});

describe('what is not one’s own', () => {
  it('a foreign chat does not take messages', async () => {
    expect(refused(await trySend(server, eve, chatId, { content: 'x' }))).toEqual([403, 'not_a_member']);
    const hers = await openSocket(server, eve.accessToken);
    const draft = { chatId, clientId: randomUUID(), content: 'x' };
    expect(await hers.refusal('message:send', draft)).toBe('not_a_member');
    expect(await hers.refusal('message:send', { ...draft, chatId: randomUUID() })).toBe('not_a_member');
    expect(await hers.refusal('message:read', { chatId, seq: 1 })).toBe('not_a_member');
    expect(await hers.refusal('message:delivered', { chatId, seq: 1 })).toBe('not_a_member');
  });

  it('an unknown message is not there, and a foreign one is out of reach', async () => {
    const message = await send(server, ann, chatId, 'ours');
    const { accessToken } = eve;
    const tries: [string, 'GET' | 'PATCH' | 'DELETE', unknown?][] = [
      ['', 'PATCH', { content: 'theirs' }],
      ['', 'DELETE'],
      ['/edits', 'GET'],
    ];
    for (const [path, method, body] of tries) {
      const request = { method, accessToken, ...(body === undefined ? {} : { body }) };
      expect((await call(server, `/messages/${message.id}${path}`, request)).status).toBe(403);
      expect((await call(server, `/messages/${randomUUID()}${path}`, request)).status).toBe(404);
      expect(refused(await call(server, `/messages/1${path}`, request))).toEqual([400, 'validation_failed']);
    }
    expect((await historyOf(server, bob, chatId)).items.at(-1)?.content).toBe('ours');
  });
});

test.each([
  'limit=0',
  'limit=101',
  'limit=-1',
  'limit=abc',
  'limit=1e3',
  'limit=',
  'before=0',
  'before=-5',
  'before=x',
  'before=1.5',
  'before=1e300',
  'before=99999999999999999999',
  'after=-1',
  'after=1e300',
  'after=null',
  'around=0',
  'around=1e300',
  'before=2&after=1',
  'before=2&around=1',
  'after=1&around=1',
  'before=1&before=2',
  'page=2',
])('history is refused with %s', async (query) => {
  const answer = await call<Refusal>(server, `/chats/${chatId}/messages?${query}`, { accessToken: ann.accessToken });
  expect(refused(answer)).toEqual([400, 'validation_failed']);
});

test.each([1e300, 2 ** 53, -1, 1.5, '1', null, [1]])('reading up to %p is refused', async (seq) => {
  const { accessToken } = ann;
  expect(refused(await call(server, `/chats/${chatId}/read`, { body: { seq }, accessToken }))).toEqual([
    400,
    'validation_failed',
  ]);
  for (const event of ['message:read', 'message:delivered']) {
    expect(await socket.refusal(event, { chatId, seq })).toBe('validation_failed');
  }
});

test.each(['not-a-uuid', '1', `${randomUUID()}x`, '%00', '%E0%A4%A', '..%2f..', "'--"])(
  'a chat whose id is %s is not asked for',
  async (id) => {
    const answer = await call<Refusal>(server, `/chats/${id}/messages`, { accessToken: ann.accessToken });
    expect(refused(answer)).toEqual([400, 'validation_failed']);
  },
);

test('an id may be written in capitals', async () => {
  const sent = await ask<Message>(server, `/chats/${chatId.toUpperCase()}/messages`, {
    body: { clientId: randomUUID(), content: 'in capitals' },
    accessToken: ann.accessToken,
  });
  expect(sent.chatId).toBe(chatId);
  const draft = { chatId: chatId.toUpperCase(), clientId: randomUUID(), content: 'over the socket' };
  const { message } = await socket.tell<{ message: Message }>('message:send', draft);
  expect(message.chatId).toBe(chatId);
  await socket.tell('typing:start', { chatId: chatId.toUpperCase() });
});
