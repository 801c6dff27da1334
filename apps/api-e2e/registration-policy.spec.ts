import { type Answer, ask, call } from './support/http.js';
import { type Nodes, startNodes } from './support/nodes.js';
import { mailedCode, newRegistration, type Person, registerPerson } from './support/people.js';
import type { TestServer } from './support/server.js';

interface Registration {
  policy: string | null;
  domains: string[];
  configured: { policy: string; domains: string[] };
  code: string;
}

let cluster: Nodes;
let one: TestServer;
let two: TestServer;
let admin: Person;

beforeAll(async () => {
  cluster = await startNodes(2, { REGISTRATION: 'corp.test' });
  [one, two] = cluster.nodes as [TestServer, TestServer];
  admin = await registerPerson(one, { email: 'boss@corp.test' });
});
afterAll(() => cluster.destroy());

const set = (body: object, by = admin): Promise<Answer<Registration>> =>
  call(one, '/admin/registration', { method: 'PATCH', body, accessToken: by.accessToken });
const read = (): Promise<Registration> => ask(two, '/admin/registration', { accessToken: admin.accessToken });
/** On the node where it was not set. */
const register = async (email: string): Promise<number> =>
  (await call(two, '/auth/register', { body: newRegistration({ email }) })).status;
const shown = async (): Promise<string> => (await ask<{ registration: string }>(two, '/server')).registration;
const address = (domain: string): string => `p${crypto.randomUUID()}@${domain}`;

test('the server’s configuration counts until an administrator sets something, and again when that is taken back', async () => {
  const configured = { policy: 'domains', domains: ['corp.test'] };
  expect(await read()).toEqual({ policy: null, domains: [], configured });
  expect(await register(address('else.test'))).toBe(403);

  expect((await set({ policy: 'open' })).body).toEqual({ policy: 'open', domains: [], configured });
  expect([await shown(), await register(address('else.test'))]).toEqual(['open', 201]);

  await set({ policy: 'domains', domains: ['other.test'] });
  expect(await read()).toEqual({ policy: 'domains', domains: ['other.test'], configured });
  expect([await register(address('corp.test')), await register(address('other.test'))]).toEqual([403, 201]);

  await set({ policy: 'closed' });
  expect([await shown(), await register(address('other.test'))]).toEqual(['closed', 403]);
  const invite = { body: { email: address('corp.test') }, accessToken: admin.accessToken };
  expect((await call(two, '/admin/invites', invite)).status).toBe(409);

  await set({ policy: null });
  expect([await shown(), await register(address('corp.test'))]).toEqual(['domains', 201]);
});

test('who began to register while they might does not come in when they may no longer', async () => {
  await set({ policy: 'open' });
  const draft = newRegistration({ email: address('else.test') });
  await ask(two, '/auth/register', { body: draft });
  const code = await mailedCode(two, draft.email);
  await set({ policy: 'invite' });
  const answer = await call<{ code: string }>(two, '/auth/verify-email', { body: { email: draft.email, code } });
  expect([answer.status, answer.body.code]).toEqual([403, 'registration_closed']);
  await set({ policy: null });
});

test('each change is written down once, with what it was before', async () => {
  await set({ policy: 'closed' });
  await set({ policy: 'closed' });
  await set({ policy: 'domains', domains: ['a.test', 'b.test'] });
  await set({ policy: null });
  const path = '/admin/audit?action=registration.changed&limit=3';
  const { items } = await ask<{ items: { details: object }[] }>(one, path, { accessToken: admin.accessToken });
  expect(items.map(({ details }) => details)).toEqual([
    { from: 'a.test,b.test', to: null },
    { from: 'closed', to: 'a.test,b.test' },
    { from: null, to: 'closed' },
  ]);
});

test.each([
  {},
  { policy: 'everybody' },
  { policy: 'domains' },
  { policy: 'domains', domains: [] },
  { policy: 'domains', domains: 'corp.test' },
  { policy: 'domains', domains: ['corp'] },
  { policy: 'domains', domains: ['Corp.test'] },
  { policy: 'domains', domains: ['a@corp.test'] },
  { policy: 'domains', domains: ['a.test', 'a.test'] },
  { policy: 'domains', domains: Array.from({ length: 101 }, (_, index) => `d${index}.test`) },
  { policy: 'open', domains: ['corp.test'] },
  { policy: null, domains: ['corp.test'] },
  { policy: 'open', other: 1 },
])('%j is refused, and changes nothing', async (body) => {
  const answer = await set(body);
  expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
  expect((await read()).policy).toBeNull();
});

test('it is administrators’ to read and to set', async () => {
  const person = await registerPerson(one, { email: address('corp.test') });
  expect((await set({ policy: 'open' }, person)).status).toBe(403);
  expect((await call(one, '/admin/registration', { accessToken: person.accessToken })).status).toBe(403);
});
