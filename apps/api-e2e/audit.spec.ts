import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import { type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

interface Named {
  id: string;
  username: string | null;
}
interface Event {
  id: string;
  action: string;
  actor: Named | null;
  subject: Named | null;
}
interface Page {
  items: Event[];
  nextCursor: string | null;
}

let server: TestServer;
let admin: Person;
let person: Person;

const read = (query = '', by = admin): Promise<Answer<Page & { code: string }>> =>
  call(server, `/admin/audit${query}`, { accessToken: by.accessToken });

beforeAll(async () => {
  server = await startServer({});
  admin = await registerPerson(server);
  person = await registerPerson(server);
  const { accessToken } = admin;
  for (const act of ['suspend', 'suspend', 'restore', 'restore']) {
    await ask(server, `/admin/users/${person.id}/${act}`, { method: 'POST', accessToken });
  }
  const { id } = await ask<{ id: string }>(server, '/admin/invites', {
    body: { email: 'a@example.test' },
    accessToken,
  });
  for (const status of [204, 404]) {
    const answer = await call(server, `/admin/invites/${id}`, { method: 'DELETE', accessToken });
    expect(answer.status).toBe(status);
  }
});

afterAll(() => server.destroy());

test('what administrators do is in the log once, newest first, with who did it and to whom', async () => {
  const acts = (await read(`?actorId=${admin.id}`)).body.items.filter(({ action }) =>
    /^(account\.[^r]|account\.res|invite)/.test(action),
  );
  expect(acts.map(({ action }) => action)).toEqual([
    'invite.revoked',
    'invite.created',
    'account.restored',
    'account.suspended',
  ]);
  expect(acts[3]).toMatchObject({ actor: { id: admin.id }, subject: { id: person.id, username: person.username } });
});

test('pages follow each other without a gap or a repetition', async () => {
  const all = (await read()).body.items.map(({ id }) => id);
  const paged: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body }: Answer<Page> = await read(`?limit=1${cursor && `&cursor=${cursor}`}`);
    paged.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  }
  expect(paged).toEqual(all);
});

test('filters by action, subject and time', async () => {
  const query = `?action=account.suspended&subjectId=${person.id}`;
  expect((await read(query)).body.items).toHaveLength(1);
  expect((await read(`${query}&to=2020-01-01T00:00:00Z`)).body.items).toHaveLength(0);
  expect((await read(`${query}&from=2020-01-01T00:00:00Z`)).body.items).toHaveLength(1);
});

test.each(['?cursor=x', '?action=x', '?actorId=1', '?from=2024-W01', '?limit=0', '?other=1'])(
  '%s is refused',
  async (query) => {
    expect((await read(query)).body.code).toBe('validation_failed');
  },
);

test('only administrators read it', async () => {
  const other = await registerPerson(server);
  expect((await read('', other)).status).toBe(403);
});

test.each(['UPDATE audit_events SET address = $$x$$', 'DELETE FROM audit_events', 'TRUNCATE audit_events'])(
  'the database refuses %s',
  (statement) => expect(inDatabase(server, statement)).rejects.toThrow(/can only be added to/),
);
