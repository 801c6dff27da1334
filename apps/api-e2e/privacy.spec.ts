import type { Presence } from '@chatr/contracts';
import { directChat, groupOf, refused, registerPeople, type Refusal } from './support/chats.js';
import { until } from './support/clients.js';
import { type Answer, ask, call } from './support/http.js';
import { mailedCode, type Person } from './support/people.js';
import { sharedServer } from './support/shared-server.js';
import { closeSockets, openSocket, type RawSocket } from './support/sockets.js';

type Level = 'everyone' | 'contacts' | 'nobody';
interface Privacy {
  presence: Level;
  lastSeen: Level;
  email: Level;
  phone: Level;
  messagesFrom: Level;
}

const server = sharedServer();
/** Whose privacy it is; whom she has added; who only shares a chat with her; who shares nothing. */
let ann: Person;
let friend: Person;
let peer: Person;
let stranger: Person;

beforeEach(async () => {
  [ann, friend, peer, stranger] = await registerPeople(server, 'Ann', 'Friend', 'Peer', 'Stranger');
  await Promise.all([directChat(server, ann, friend), directChat(server, ann, peer)]);
  await addContact(ann, friend);
  // That others have added her says nothing about what they may see.
  await addContact(peer, ann);
});

afterEach(closeSockets);

const addContact = (owner: Person, { id }: Person): Promise<unknown> =>
  ask(server, `/contacts/${id}`, { method: 'PUT', accessToken: owner.accessToken });
const choose = (privacy: Partial<Privacy>, { accessToken }: Person = ann): Promise<Privacy> =>
  ask(server, '/users/me/privacy', { method: 'PATCH', body: privacy, accessToken });
const profile = (viewer: Person, { id }: Person = ann): Promise<{ email?: string; phone?: string }> =>
  ask(server, `/users/${id}`, { accessToken: viewer.accessToken });
const connect = ({ accessToken }: Person): Promise<RawSocket> => openSocket(server, accessToken);
const asked = async (viewer: RawSocket, { id }: Person = ann): Promise<Presence | undefined> =>
  (await viewer.tell<{ users: Presence[] }>('presence:request', [id])).users[0];
const heard = (viewer: RawSocket): Presence[] =>
  viewer.all<Presence>('user:status').filter(({ userId }) => userId === ann.id);

test('whoever has chosen nothing shows when they are there, and no address', async () => {
  expect(await ask(server, '/users/me/privacy', { accessToken: ann.accessToken })).toEqual({
    presence: 'everyone',
    lastSeen: 'everyone',
    email: 'nobody',
    phone: 'nobody',
    messagesFrom: 'everyone',
  });
  for (const viewer of [friend, peer, stranger]) expect(await profile(viewer)).not.toHaveProperty('email');
});

test.each<[Level, boolean, boolean]>([
  ['everyone', true, true],
  ['contacts', true, false],
  ['nobody', false, false],
])(
  'an e-mail address for %s is seen by a contact: %p, by a stranger: %p, and never in a list',
  async (level, ...sees) => {
    await choose({ email: level });
    const [byFriend, byStranger] = [await profile(friend), await profile(stranger)];
    expect([byFriend.email, byStranger.email]).toEqual(sees.map((seen) => (seen ? ann.email : undefined)));
    expect((await profile(ann)).email).toBe(ann.email);
    for (const path of [`/users?query=${ann.username}`, '/chats', '/contacts']) {
      expect(JSON.stringify(await ask(server, path, { accessToken: friend.accessToken }))).not.toContain(ann.email);
    }
  },
);

// What a contact and somebody who only shares a chat see: presence, and the time.
test.each<[Level, Level, [boolean, boolean], [boolean, boolean]]>([
  ['everyone', 'everyone', [true, true], [true, true]],
  ['everyone', 'contacts', [true, true], [true, false]],
  ['everyone', 'nobody', [true, false], [true, false]],
  ['contacts', 'everyone', [true, true], [false, false]],
  ['contacts', 'nobody', [true, false], [false, false]],
  ['nobody', 'everyone', [false, false], [false, false]],
])(
  'presence for %s and the time for %s hold when asked, when connecting and in events',
  async (presence, lastSeen, ofFriend, ofPeer) => {
    await choose({ presence, lastSeen });
    const viewers: [RawSocket, [boolean, boolean]][] = [
      [await connect(friend), ofFriend],
      [await connect(peer), ofPeer],
    ];
    const outside = await connect(stranger);
    const other = await connect(ann);
    const hers = await connect(ann);
    for (const [viewer, [seesPresence]] of viewers) {
      if (seesPresence) await viewer.first<Presence>('user:status', ({ userId }) => userId === ann.id);
      expect(await asked(viewer)).toEqual({ userId: ann.id, status: seesPresence ? 'online' : 'offline' });
    }
    other.close();
    hers.close();
    // Her last device goes; what nobody may see is not told, so the time it takes is waited for with the others' eyes.
    const witness = await connect(ann);
    witness.close();
    for (const [viewer, [seesPresence, seesTime]] of viewers) {
      if (seesPresence) await until('she is gone', () => heard(viewer).at(-1)?.status === 'offline');
      else await until('she is gone', async () => (await asked(viewer))?.status === 'offline');
      const last = heard(viewer).at(-1);
      if (seesPresence) expect([last?.status, last?.lastSeen !== undefined]).toEqual(['offline', seesTime]);
      if (!seesPresence) expect(heard(viewer).filter(({ status }) => status !== 'offline')).toEqual([]);
      else expect((await asked(viewer))?.lastSeen !== undefined).toBe(seesTime);
    }
    const again = await connect(peer);
    const { users } = await again.first<{ users: Presence[] }>('presence:update');
    expect(users.map((user) => [user.userId, 'lastSeen' in user])).toEqual([[ann.id, ofPeer[1]]]);
    expect(heard(outside)).toEqual([]);
  },
);

test('whoever hides is gone for the others at once, and there again when they show themselves', async () => {
  await groupOf(server, ann, friend, peer, stranger);
  const viewers = [await connect(friend), await connect(peer), await connect(stranger)];
  const hers = await connect(ann);
  for (const viewer of viewers) await viewer.first<Presence>('user:status', ({ status }) => status === 'online');
  await choose({ presence: 'contacts' });
  for (const viewer of viewers.slice(1)) {
    await until('she is gone', () => heard(viewer).at(-1)?.status === 'offline');
    expect(heard(viewer).at(-1)).toEqual({ userId: ann.id, status: 'offline' });
  }
  expect((await asked(hers))?.status).toBe('online');
  expect((await asked(viewers[0] as RawSocket))?.status).toBe('online');
  // A stranger whom she adds sees her; one whom she takes away again does not.
  await addContact(ann, stranger);
  const added = viewers[2] as RawSocket;
  await until('he sees her', () => heard(added).at(-1)?.status === 'online');
  await ask(server, `/contacts/${stranger.id}`, { method: 'DELETE', accessToken: ann.accessToken });
  await until('he does not any more', () => heard(added).at(-1)?.status === 'offline');
  expect(heard(viewers[1] as RawSocket).map(({ status }) => status)).not.toContain('away');
  await choose({ presence: 'everyone' });
  for (const viewer of viewers) await until('she is back', () => heard(viewer).at(-1)?.status === 'online');
});

test('settings changed on two devices at the same moment are both kept', async () => {
  await Promise.all([
    choose({ presence: 'nobody' }),
    choose({ email: 'contacts' }),
    choose({ messagesFrom: 'nobody' }),
  ]);
  expect(await choose({})).toMatchObject({ presence: 'nobody', email: 'contacts', messagesFrom: 'nobody' });
});

test.each([
  ['another level', { presence: 'friends' }],
  ['a list', { presence: ['everyone'] }],
  ['somebody else', { userId: '01a1fd42-e68d-753e-93b6-000000000000' }],
  ['what is not there', { birthday: 'nobody' }],
])('privacy refuses %s', async (_what, body) => {
  const answer: Answer<Refusal> = await call(server, '/users/me/privacy', {
    method: 'PATCH',
    body,
    accessToken: ann.accessToken,
  });
  expect(refused(answer)).toEqual([400, 'validation_failed']);
});

test('a phone number is shown once it is confirmed, to those whom it is for', async () => {
  const { accessToken, password } = ann;
  await choose({ phone: 'contacts' });
  const phone = `+4930${String(Math.floor(Math.random() * 9e6) + 1e6)}`;
  await ask(server, '/auth/phone-change', { body: { phone, password }, accessToken });
  expect(await profile(friend)).not.toHaveProperty('phone');
  const code = await mailedCode(server, phone);
  await ask(server, '/auth/phone-change/confirm', { body: { code }, accessToken });
  expect((await profile(friend)).phone).toBe(phone);
  expect(await profile(peer)).not.toHaveProperty('phone');
});
