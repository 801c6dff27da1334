import { createHmac, randomUUID } from 'node:crypto';
import type { Message } from '@chatr/contracts';
import { directChat, historyOf, registerPeople, send } from './support/chats.js';
import { ask, call } from './support/http.js';
import type { Person } from './support/people.js';
import { sharedServer } from './support/shared-server.js';
import { closeSockets, handshakeRefusal, openSocket, type RawSocket } from './support/sockets.js';

const server = sharedServer();
let ann: Person;
let bob: Person;
let chatId: string;

beforeAll(async () => {
  [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
  chatId = (await directChat(server, ann, bob)).id;
});

afterEach(closeSockets);

const connect = ({ accessToken }: Person): Promise<RawSocket> => openSocket(server, accessToken);
const draft = (content: string): object => ({ chatId, clientId: randomUUID(), content });
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Ann's token with something changed, signed by somebody who does not know the server's secret. */
function forge(header: object, change: object = {}): string {
  const claims = JSON.parse(Buffer.from(ann.accessToken.split('.')[1] ?? '', 'base64url').toString()) as object;
  const text = `${encode(header)}.${encode({ ...claims, ...change })}`;
  return `${text}.${createHmac('sha256', 'guessed').update(text).digest('base64url')}`;
}

describe('the door', () => {
  it.each<[string, () => unknown]>([
    ['no token', () => undefined],
    ['an empty one', () => ''],
    ['a number', () => 1],
    ['an object', () => ({ $ne: null })],
    ['nonsense', () => 'a.b.c'],
    ['a refresh token', () => ann.refreshToken],
    ['a token signed by another', () => forge({ alg: 'HS256', typ: 'JWT' })],
    ['a token that is not signed', () => forge({ alg: 'none' }).replace(/[^.]*$/, '')],
    ['somebody else’s name in one’s own token', () => forge({ alg: 'HS256' }, { sub: bob.id })],
    ['a token with its end cut off', () => ann.accessToken.slice(0, -2)],
  ])('stays shut to %s', async (_what, token) => {
    const problem = await handshakeRefusal(server, token());
    expect(problem).toMatchObject({ code: 'unauthenticated', status: 401, type: 'urn:chatr:problem:unauthenticated' });
    expect(problem?.requestId).toBeDefined();
  });

  it('does not take a token from the address, where logs would keep it', async () => {
    expect((await handshakeRefusal(server, undefined, { query: { token: ann.accessToken } }))?.code).toBe(
      'unauthenticated',
    );
  });

  it('opens over long polling as well', async () => {
    const socket = await openSocket(server, ann.accessToken, { transports: ['polling'] });
    expect((await socket.tell<{ message: Message }>('message:send', draft('polled'))).message.content).toBe('polled');
  });

  it.each([
    '40',
    '40null',
    '40"x"',
    '40[]',
    '40{"token":',
    '40{"token":null}',
    '42["message:send",{}]',
    '4',
    '5',
    '999',
  ])('stands when somebody pushes against it with %s', async (frame) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const answers: string[] = [];
    const over = new Promise<void>((resolve) => {
      socket.onclose = () => resolve();
      socket.onmessage = ({ data }) => {
        answers.push(String(data));
        if (String(data).startsWith('44')) resolve();
      };
    });
    await new Promise((resolve) => (socket.onopen = resolve));
    socket.send(frame);
    // What says nothing is left to the time limit of a connection; what is wrong is answered.
    if (!['42["message:send",{}]', '4', '5', '999'].includes(frame)) await over;
    socket.close();
    expect(answers.some((answer) => answer.startsWith('40'))).toBe(false);
    expect(answers.join()).not.toContain('internal_error');
    expect((await call(server, '/health/ready')).status).toBe(200);
  });
});

describe('a connection', () => {
  it('does not mind events that nobody knows, nor ones without a callback', async () => {
    const [hers, his] = [await connect(ann), await connect(bob)];
    for (const event of [
      'nonsense',
      '',
      '__proto__',
      'constructor',
      'message:received',
      'session:ended',
      'user:status',
    ]) {
      hers.socket.emit(event, { chatId, x: 1 });
    }
    for (const payload of [undefined, null, 1, {}, draft('')]) hers.socket.emit('message:send', payload);
    for (const event of ['message:read', 'message:edit', 'typing:start', 'presence:request', 'auth:renew', 'sync']) {
      hers.socket.emit(event, 'nonsense');
      hers.socket.emit(event);
      hers.socket.emit(event, {}, {}, {});
    }
    hers.socket.emit('message:send', draft('without a callback'));
    await his.first<Message>('message:received', ({ content }) => content === 'without a callback');
    expect(his.heard.map(({ event }) => event).filter((event) => event === 'session:ended')).toEqual([]);
    await hers.tell('message:send', draft('with one'));
    expect(hers.socket.connected).toBe(true);
  });

  it('is lost when it sends too much at once, and no other is', async () => {
    const [hers, other, his] = [await connect(ann), await connect(ann), await connect(bob)];
    hers.socket.emit('message:send', draft('x'.repeat(2_000_000)));
    await hers.first('disconnect');
    await other.tell('message:send', draft('still here'));
    await his.first<Message>('message:received', ({ content }) => content === 'still here');
  });

  it('is lost when what it sends makes no sense, and the server is not', async () => {
    const hers = await connect(ann);
    // Socket.IO's own client would not send this: a packet of a kind that does not exist.
    const engine = hers.socket.io.engine as unknown as { write(packet: string): void };
    engine.write('9["message:send"]');
    await hers.first('disconnect');
    await (await connect(ann)).tell('message:send', draft('after'));
  });

  it('does not live on by somebody else’s token, nor by another session’s', async () => {
    const hers = await connect(ann);
    expect(await hers.refusal('auth:renew', { token: bob.accessToken })).toBe('forbidden');
    const body = { identifier: ann.username, password: ann.password };
    const other = await ask<{ accessToken: string }>(server, '/auth/login', { body });
    expect(await hers.refusal('auth:renew', { token: other.accessToken })).toBe('forbidden');
    expect(await hers.refusal('auth:renew', { token: 'nonsense' })).toBe('unauthenticated');
    expect(await hers.refusal('auth:renew', { token: '' })).toBe('validation_failed');
    expect(await hers.refusal('auth:renew', ann.accessToken)).toBe('validation_failed');
    await hers.tell('auth:renew', { token: ann.accessToken });
    // It is still Ann who speaks.
    const { message } = await hers.tell<{ message: Message }>('message:send', draft('me'));
    expect(message.senderId).toBe(ann.id);
  });
});

describe('the end of a session', () => {
  const login = async (person: Person): Promise<string> => {
    const body = { identifier: person.username, password: person.password };
    return (await ask<{ accessToken: string }>(server, '/auth/login', { body })).accessToken;
  };

  it('by logging out is the end of its connections, and of no other session’s', async () => {
    const token = await login(ann);
    const [phone, tab, laptop] = [await openSocket(server, token), await openSocket(server, token), await connect(ann)];
    await call(server, '/auth/logout', { method: 'POST', accessToken: token });
    for (const socket of [phone, tab]) {
      expect(await socket.first('session:ended')).toEqual({ reason: 'logout' });
      await socket.first('disconnect');
    }
    expect((await handshakeRefusal(server, token))?.code).toBe('session_ended');
    await laptop.tell('message:send', draft('still here'));
  });

  it('from another device is told at once', async () => {
    const token = await login(ann);
    const lost = await openSocket(server, token);
    const sid = (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }).sid;
    const { status } = await call(server, `/auth/sessions/${sid}`, { method: 'DELETE', accessToken: ann.accessToken });
    expect(status).toBe(204);
    expect(await lost.first('session:ended')).toEqual({ reason: 'revoked' });
    await lost.first('disconnect');
  });
});

test('history is complete after all of it', async () => {
  const last = await send(server, bob, chatId, 'last');
  const { items } = await historyOf(server, ann, chatId);
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => last.seq - items.length + 1 + index));
});
