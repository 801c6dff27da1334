import { randomUUID } from 'node:crypto';
import type { User } from '@chatr/contracts';
import { refused, registerPeople, type Refusal } from './support/chats.js';
import { type Answer, ask, call } from './support/http.js';
import type { Person } from './support/people.js';
import { sharedServer } from './support/shared-server.js';
import { closeSockets, openSocket } from './support/sockets.js';

interface Page {
  items: { user: User; addedAt: string }[];
  nextCursor: string | null;
}

const server = sharedServer();
let ann: Person;
let bob: Person;
let eve: Person;

beforeEach(async () => {
  [ann, bob, eve] = await registerPeople(server, 'Ann', 'Bob', 'Eve');
});

afterEach(closeSockets);

const list = ({ accessToken }: Person, query = ''): Promise<Page> => ask(server, `/contacts${query}`, { accessToken });
const change = (method: 'PUT' | 'DELETE', owner: Person, id: string): Promise<Answer<Refusal | undefined>> =>
  call(server, `/contacts/${id}`, { method, accessToken: owner.accessToken });

test('people are added and taken away, twice as well as once, and are not told', async () => {
  const [hers, his] = [await openSocket(server, ann.accessToken), await openSocket(server, bob.accessToken)];
  for (const { id } of [bob, eve]) expect((await change('PUT', ann, id)).status).toBe(204);
  expect((await change('PUT', ann, bob.id.toUpperCase())).status).toBe(204);
  const { items } = await list(ann);
  expect(items.map(({ user }) => user.id).toSorted()).toEqual([bob.id, eve.id].toSorted());
  expect(items.map(({ user }) => user.username)).toEqual([bob.username, eve.username].toSorted());
  expect((await list(bob)).items).toEqual([]);
  expect(await ask(server, `/users/${bob.id}`, { accessToken: ann.accessToken })).toMatchObject({ isContact: true });
  expect(await ask(server, `/users/${ann.id}`, { accessToken: bob.accessToken })).toMatchObject({ isContact: false });
  for (let time = 0; time < 2; time++) expect((await change('DELETE', ann, eve.id)).status).toBe(204);
  expect((await list(ann)).items.map(({ user }) => user.id)).toEqual([bob.id]);
  await hers.first('contact:updated', ({ isContact }: { isContact: boolean }) => !isContact);
  // Once for each change, and only on her own devices.
  expect(hers.all('contact:updated')).toEqual([
    { userId: bob.id, isContact: true },
    { userId: eve.id, isContact: true },
    { userId: eve.id, isContact: false },
  ]);
  expect(his.all('contact:updated')).toEqual([]);
});

test('adding somebody from two devices at the same moment adds them once', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => change('PUT', ann, bob.id)));
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(204));
  expect((await list(ann)).items).toHaveLength(1);
});

test('contacts come in pages', async () => {
  for (const { id } of [bob, eve]) await change('PUT', ann, id);
  const first = await list(ann, '?limit=1');
  const second = await list(ann, `?limit=1&cursor=${first.nextCursor ?? ''}`);
  expect([...first.items, ...second.items].map(({ user }) => user.username)).toEqual(
    [bob.username, eve.username].toSorted(),
  );
  expect(second.nextCursor).toBeNull();
});

test.each([
  ['oneself', () => ann.id, 400],
  ['somebody who does not exist', () => randomUUID(), 404],
  ['what is no id', () => 'bob', 400],
])('nobody can add %s', async (_what, id, status) => {
  expect((await change('PUT', ann, id())).status).toBe(status);
});

test('strangers have no contacts', async () => {
  expect(refused(await call<Refusal>(server, '/contacts'))).toEqual([401, 'unauthenticated']);
  expect(refused(await call<Refusal>(server, `/contacts/${bob.id}`, { method: 'PUT' }))).toEqual([
    401,
    'unauthenticated',
  ]);
});
