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
  details: object;
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

describe('the file for spreadsheets', () => {
  const download = async (query = '', by = admin): Promise<Response> =>
    fetch(`${server.url}/api/admin/audit/export${query}`, { headers: { authorization: `Bearer ${by.accessToken}` } });

  test('has what the filter finds, and that it was taken is in the log', async () => {
    const answer = await download(`?subjectId=${person.id}&action=account.suspended`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="chatr-audit-[\d-]+\.csv"$/);
    const [header, line, ...rest] = (await answer.text()).trimEnd().split('\r\n');
    expect(header).toContain('time,action,actor id');
    expect(line).toContain(`account.suspended,${admin.id},${admin.username},${person.id},${person.username}`);
    expect(rest).toEqual([]);
    const [event] = (await read('?action=audit.exported')).body.items;
    expect(event).toMatchObject({
      actor: { id: admin.id },
      details: { subjectId: person.id, action: 'account.suspended' },
    });
  });

  test('has everything where the log is longer than a page, each entry once', async () => {
    await inDatabase(
      server,
      `INSERT INTO audit_events (id, action, address, user_agent, details)
       SELECT gen_random_uuid(), 'login.failed', '', '=cmd()', '{}' FROM generate_series(1, 1200)`,
    );
    const lines = (await (await download('?action=login.failed')).text()).trimEnd().split('\r\n').slice(1);
    expect(new Set(lines.map((line) => line.slice(0, 36))).size).toBe(1200);
    expect(lines.every((line) => line.includes(",'=cmd(),"))).toBe(true);
  });

  test('is for administrators, and of the right filters only', async () => {
    expect((await download('', await registerPerson(server))).status).toBe(403);
    expect((await download('?limit=1')).status).toBe(400);
    expect((await download('?action=x')).status).toBe(400);
  });
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
