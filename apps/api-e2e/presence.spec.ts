import { randomUUID } from 'node:crypto';
import type { Message, Presence } from '@chatr/contracts';
import { directChat, groupOf, inGroup, registerPeople, send } from './support/chats.js';
import { until } from './support/clients.js';
import type { Person } from './support/people.js';
import { sharedServer } from './support/shared-server.js';
import { closeSockets, openSocket, type RawSocket } from './support/sockets.js';

interface Typing {
  chatId: string;
  userId: string;
  isTyping: boolean;
}

const server = sharedServer();
let ann: Person;
let bob: Person;
let eve: Person;
let chatId: string;

beforeEach(async () => {
  [ann, bob, eve] = await registerPeople(server, 'Ann', 'Bob', 'Eve');
  chatId = (await directChat(server, ann, bob)).id;
});

afterEach(closeSockets);

const connect = ({ accessToken }: Person): Promise<RawSocket> => openSocket(server, accessToken);
const presence = async (viewer: RawSocket, ...people: Person[]): Promise<Presence[]> =>
  (
    await viewer.tell<{ users: Presence[] }>(
      'presence:request',
      people.map(({ id }) => id),
    )
  ).users;
const statusOf = async (viewer: RawSocket, person: Person): Promise<string | undefined> =>
  (await presence(viewer, person))[0]?.status;
const heardOf = (viewer: RawSocket, person: Person): string[] =>
  viewer.all<Presence>('user:status').flatMap(({ userId, status }) => (userId === person.id ? [status] : []));

describe('who is there', () => {
  it('is told to those who connect, and to those who are there already', async () => {
    const hers = await connect(ann);
    const nobody = await hers.first<{ users: Presence[] }>('presence:update');
    expect(nobody.users).toEqual([{ userId: bob.id, status: 'offline' }]);
    const his = await connect(bob);
    expect((await his.first<{ users: Presence[] }>('presence:update')).users).toEqual([
      { userId: ann.id, status: 'online' },
    ]);
    await hers.first<Presence>('user:status', ({ userId, status }) => userId === bob.id && status === 'online');
  });

  it('stays there when one of two devices goes, and is gone with the last one', async () => {
    const hers = await connect(ann);
    const [phone, laptop] = [await connect(bob), await connect(bob)];
    await hers.first<Presence>('user:status', ({ userId }) => userId === bob.id);
    phone.close();
    const before = Date.now();
    laptop.close();
    const gone = await hers.first<Presence>('user:status', ({ status }) => status === 'offline');
    expect(new Date(gone.lastSeen ?? 0).getTime()).toBeGreaterThanOrEqual(before);
    // One arrival, one departure: the phone's going was no news.
    expect(heardOf(hers, bob)).toEqual(['online', 'offline']);
    const [stored] = await presence(hers, bob);
    expect(stored).toMatchObject({ status: 'offline', lastSeen: gone.lastSeen });
    expect((await (await connect(ann)).first<{ users: Presence[] }>('presence:update')).users).toEqual([stored]);
  });

  it('does not flicker when a device connects anew', async () => {
    const hers = await connect(ann);
    const phone = await connect(bob);
    await hers.first<Presence>('user:status', ({ userId }) => userId === bob.id);
    phone.close();
    const again = await connect(bob);
    await again.tell('presence:set', 'away');
    await hers.first<Presence>('user:status', ({ status }) => status === 'away');
    expect(heardOf(hers, bob)).toEqual(['online', 'away']);
  });

  it('is away when all of their devices are', async () => {
    const hers = await connect(ann);
    const [phone, laptop] = [await connect(bob), await connect(bob)];
    await phone.tell('presence:set', 'away');
    expect(await statusOf(hers, bob)).toBe('online');
    await laptop.tell('presence:set', 'away');
    await hers.first<Presence>('user:status', ({ status }) => status === 'away');
    expect(await statusOf(hers, bob)).toBe('away');
    await laptop.tell('presence:set', 'online');
    await until('he is back', () => heardOf(hers, bob).join() === 'online,away,online');
  });

  it('is not for strangers', async () => {
    const [his, stranger] = [await connect(bob), await connect(eve)];
    expect(await presence(stranger, bob, ann)).toEqual([
      { userId: bob.id, status: 'offline' },
      { userId: ann.id, status: 'offline' },
    ]);
    expect((await stranger.first<{ users: Presence[] }>('presence:update')).users).toEqual([]);
    await his.tell('presence:set', 'away');
    await stranger.tell('presence:request', []);
    expect(heardOf(stranger, bob)).toEqual([]);
    // In a group together they are strangers no more; out of it they are again.
    const { id } = await groupOf(server, bob, eve);
    expect(await statusOf(stranger, bob)).toBe('away');
    await inGroup(server, bob, id, 'DELETE', `/members/${eve.id}`);
    expect(await statusOf(stranger, bob)).toBe('offline');
  });

  it.each([
    ['presence:set', 'offline'],
    ['presence:set', 'invisible'],
    ['presence:set', null],
    ['presence:set', ['online']],
    ['presence:set', { status: 'online' }],
    ['presence:request', 'x'],
    ['presence:request', ['x']],
    ['presence:request', null],
    ['presence:request', {}],
    ['presence:request', Array(201).fill(randomUUID())],
  ])('refuses %s with %j', async (event, payload) => {
    expect(await (await connect(ann)).refusal(event, payload)).toBe('validation_failed');
  });
});

describe('typing', () => {
  it('is seen by the others, on all their devices, and not by oneself', async () => {
    const [phone, laptop] = [await connect(ann), await connect(ann)];
    const [his, hisOther] = [await connect(bob), await connect(bob)];
    await phone.tell('typing:start', { chatId });
    for (const device of [his, hisOther]) {
      expect(await device.first<Typing>('typing:status')).toEqual({ chatId, userId: ann.id, isTyping: true });
    }
    await phone.tell('typing:stop', { chatId });
    await his.first<Typing>('typing:status', ({ isTyping }) => !isTyping);
    const last = await send(server, bob, chatId, 'last');
    await laptop.first<Message>('message:received', ({ id }) => id === last.id);
    expect(phone.all('typing:status')).toEqual([]);
    expect(laptop.all('typing:status')).toEqual([]);
  });

  it('stays within the chat', async () => {
    const [hers, outside] = [await connect(ann), await connect(eve)];
    const { id: theirs } = await directChat(server, ann, eve);
    await outside.first('chat:created');
    await hers.tell('typing:start', { chatId });
    await hers.tell('typing:start', { chatId: theirs });
    expect(await outside.first<Typing>('typing:status')).toMatchObject({ chatId: theirs });
    for (const id of [chatId, randomUUID()]) {
      expect(await outside.refusal('typing:start', { chatId: id })).toBe('not_a_member');
      expect(await outside.refusal('typing:stop', { chatId: id })).toBe('not_a_member');
    }
  });

  it.each([undefined, null, 'x', {}, { chatId: 'x' }, { chatId: 1 }, { chatId: randomUUID(), userId: randomUUID() }])(
    'is refused with %j',
    async (payload) => {
      expect(await (await connect(ann)).refusal('typing:start', payload)).toBe('validation_failed');
    },
  );
});
