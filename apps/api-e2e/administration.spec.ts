import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import { mailsTo, type Person, registerPerson } from './support/people.js';
import { appCode, ELSEWHERE, logIn, protect, verify } from './support/second-step.js';
import { startServer, type TestServer } from './support/server.js';
import { closeSockets, openSocket } from './support/sockets.js';
import { until } from './support/clients.js';

interface Refusal {
  code: string;
}
interface Account extends Refusal {
  id: string;
  role: string;
  suspendedAt: string | null;
  factors: { kind: string; count: number }[];
  sessions: number;
}
interface Session {
  id: string;
  current: boolean;
}

let server: TestServer;
let admin: Person;
let person: Person;

beforeAll(async () => {
  server = await startServer({});
  admin = await registerPerson(server);
});
beforeEach(async () => {
  person = await registerPerson(server);
});
afterEach(closeSockets);
afterAll(() => server.destroy());

const refused = (answer: Answer<Refusal>): [number, string] => [answer.status, answer.body.code];

function act<T = Account>(
  path: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' = 'GET',
  body?: object,
  by = admin,
): Promise<Answer<T>> {
  return call(server, `/admin/users${path}`, { method, accessToken: by.accessToken, ...(body && { body }) });
}

const changeRole = (id: string, role: string, by = admin, password = by.password): Promise<Answer<Account>> =>
  act(`/${id}/role`, 'PATCH', { role, password }, by);

async function logged(subject: Person, action: string): Promise<Record<string, unknown>[]> {
  const path = `/admin/audit?subjectId=${subject.id}&action=${action}`;
  return (await ask<{ items: Record<string, unknown>[] }>(server, path, { accessToken: admin.accessToken })).items;
}

async function subjects({ email }: Person, wanted: string): Promise<string[]> {
  const read = async (): Promise<string[]> => (await mailsTo(server, email)).map(({ subject }) => subject);
  await until(`${wanted} is mailed`, async () => (await read()).includes(wanted));
  return read();
}

describe('the list of accounts', () => {
  const ids = async (query: string): Promise<string[]> =>
    (await act<{ items: Account[] }>(`?${query}`)).body.items.map(({ id }) => id);

  test('can be narrowed to administrators, to suspended accounts, and to others', async () => {
    const query = `query=${person.username}`;
    expect(await ids(query)).toEqual([person.id]);
    expect(await ids(`${query}&role=admin`)).toEqual([]);
    expect(await ids('role=admin')).toEqual([admin.id]);
    expect(await ids(`${query}&suspended=true`)).toEqual([]);
    await act(`/${person.id}/suspend`, 'POST');
    expect(await ids(`${query}&suspended=true`)).toEqual([person.id]);
    expect(await ids(`${query}&suspended=false&role=user`)).toEqual([]);
  });

  test.each(['?role=owner', '?suspended=1', '?role=user&role=admin', '?other=1'])('%s is refused', async (query) => {
    expect(refused(await act(query))).toEqual([400, 'validation_failed']);
  });
});

test('an account is shown with what protects it, and nothing secret', async () => {
  await protect(server, person);
  const { body } = await act(`/${person.id}`);
  expect(body).toMatchObject({ id: person.id, role: 'user', suspendedAt: null, sessions: 1 });
  expect(body.factors).toEqual(
    expect.arrayContaining([
      { kind: 'authenticator_app', count: 1 },
      { kind: 'recovery_codes', count: 10 },
      { kind: 'known_devices', count: 1 },
    ]),
  );
  expect(JSON.stringify(body)).not.toMatch(/secret|hash/i);
});

describe('somebody’s sessions', () => {
  test('are listed, and end one by one, with what they keep open', async () => {
    await logIn(server, person);
    const socket = await openSocket(server, person.accessToken);
    const { body } = await act<{ items: Session[] }>(`/${person.id}/sessions`);
    expect(body.items.map(({ current }) => current)).toEqual([false, false]);
    const own = await ask<{ items: Session[] }>(server, '/auth/sessions', { accessToken: person.accessToken });
    const id = own.items.find(({ current }) => current)?.id ?? '';
    expect((await act(`/${person.id}/sessions/${id}`, 'DELETE')).status).toBe(204);
    expect(await socket.first<{ reason: string }>('session:ended')).toEqual({ reason: 'administrator' });
    expect((await call(server, '/users/me', { accessToken: person.accessToken })).status).toBe(401);
    expect((await act<{ items: Session[] }>(`/${person.id}/sessions`)).body.items).toHaveLength(1);
    expect(refused(await act(`/${person.id}/sessions/${id}`, 'DELETE'))).toEqual([404, 'not_found']);
    expect(await logged(person, 'session.ended')).toMatchObject([
      { actor: { id: admin.id }, details: { reason: 'administrator', sessionId: id } },
    ]);
  });

  test('end all at once, and a device that was thrown out is not known any more', async () => {
    await logIn(server, person);
    expect((await act(`/${person.id}/sessions`, 'DELETE')).status).toBe(204);
    const body = { refreshToken: person.refreshToken };
    expect((await call(server, '/auth/refresh', { body })).status).toBe(401);
    expect((await act(`/${person.id}`)).body.sessions).toBe(0);
    expect((await logIn(server, person)).body.challenge.methods).toContain('email');
  });

  test('are not reached through somebody else’s account', async () => {
    const other = await registerPerson(server);
    const { items } = (await act<{ items: Session[] }>(`/${person.id}/sessions`)).body;
    expect(refused(await act(`/${other.id}/sessions/${items[0]?.id ?? ''}`, 'DELETE'))).toEqual([404, 'not_found']);
    expect((await call(server, '/users/me', { accessToken: person.accessToken })).status).toBe(200);
  });

  test('of one’s own: the one that asks stays', async () => {
    expect((await act(`/${admin.id}/sessions`, 'DELETE')).status).toBe(204);
    expect((await act(`/${admin.id}`)).status).toBe(200);
  });
});

describe('reset factors', () => {
  const reset = (id: string, password = admin.password): Promise<Answer<Account>> =>
    act(`/${id}/factors/reset`, 'POST', { password });

  test('let somebody who lost the phone in with password and mailbox, and tell them', async () => {
    const { secret, recoveryCodes } = await protect(server, person);
    const begun = (await logIn(server, person, ELSEWHERE)).body.challenge;
    expect(begun.methods).toContain('totp');
    const { body } = await reset(person.id);
    expect(body.factors.every(({ count }) => count === 0)).toBe(true);
    // A log-in that was begun before asks for what is gone.
    expect((await verify(server, begun.id, 'totp', appCode(secret), ELSEWHERE)).body.code).toBe('challenge_ended');
    // The device that was known is not, either.
    const { challenge } = (await logIn(server, person)).body;
    expect(challenge.methods).toEqual(['email']);
    expect((await verify(server, challenge.id, 'recovery', recoveryCodes[0] ?? '')).status).not.toBe(200);
    expect(await subjects(person, 'Your second factors were reset')).toContain('Your second factors were reset');
    expect(await logged(person, 'factor.reset')).toMatchObject([
      { details: { authenticator_app: 1, recovery_codes: 10, known_devices: 1 } },
    ]);
  });

  test('need the administrator’s password, and are not for one’s own', async () => {
    await protect(server, person);
    expect(refused(await reset(person.id, person.password + ' '))).toEqual([401, 'credentials_invalid']);
    expect(refused(await reset(admin.id))).toEqual([409, 'conflict']);
    expect((await act(`/${person.id}`)).body.factors).toContainEqual({ kind: 'authenticator_app', count: 1 });
    expect(await logged(person, 'factor.reset')).toEqual([]);
  });
});

describe('roles', () => {
  test('change at once for the sessions somebody has, and are mailed and written down', async () => {
    expect(refused(await act('', 'GET', undefined, person))).toEqual([403, 'forbidden']);
    expect((await changeRole(person.id, 'admin')).body).toMatchObject({ id: person.id, role: 'admin' });
    expect((await act('', 'GET', undefined, person)).status).toBe(200);
    await subjects(person, 'You administrate Chatr now');
    expect((await changeRole(person.id, 'admin')).status).toBe(200);
    expect((await changeRole(person.id, 'user')).body.role).toBe('user');
    expect(refused(await act('', 'GET', undefined, person))).toEqual([403, 'forbidden']);
    await subjects(person, 'You do not administrate Chatr any more');
    expect((await logged(person, 'role.changed')).map(({ details }) => details)).toEqual([
      { from: 'admin', to: 'user' },
      { from: 'user', to: 'admin' },
    ]);
  });

  test('need the administrator’s own password', async () => {
    expect(refused(await changeRole(person.id, 'admin', admin, 'not the password'))).toEqual([
      401,
      'credentials_invalid',
    ]);
    expect((await act(`/${person.id}`)).body.role).toBe('user');
  });

  test('cannot be taken by who has none', async () => {
    expect(refused(await changeRole(person.id, 'admin', person))).toEqual([403, 'forbidden']);
  });

  test('leave an administrator, also where the last two step back at the same moment', async () => {
    expect(refused(await changeRole(admin.id, 'user'))).toEqual([409, 'conflict']);
    await changeRole(person.id, 'admin');
    const answers = await Promise.all([changeRole(admin.id, 'user'), changeRole(person.id, 'user', person)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const rows = await inDatabase<{ id: string }>(server, `SELECT id FROM users WHERE role = 'admin'`);
    expect(rows).toHaveLength(1);
    await inDatabase(server, `UPDATE users SET role = CASE WHEN id = $1 THEN 'admin' ELSE 'user' END`, [admin.id]);
    admin = { ...admin, ...(await logIn(server, admin)).body };
  });

  test.each([{ role: 'owner' }, { role: null }, {}, { role: 'admin', id: 'x' }])('%j is refused', async (change) => {
    const answer = await act(`/${person.id}/role`, 'PATCH', { ...change, password: admin.password });
    expect(refused(answer)).toEqual([400, 'validation_failed']);
  });
});

test('a code for a new password is mailed for somebody, who alone sees it', async () => {
  const send = (): Promise<Answer<Account>> => act(`/${person.id}/password-reset`, 'POST');
  const answer = await send();
  expect([answer.status, answer.body]).toEqual([202, undefined]);
  await subjects(person, 'Choose a new password');
  expect(refused(await send())).toEqual([409, 'conflict']);
  expect(await logged(person, 'password.reset-sent')).toHaveLength(1);
  await act(`/${person.id}/suspend`, 'POST');
  expect(refused(await send())).toEqual([409, 'conflict']);
});

test('an invitation that is sent again has another link, and the first is dead', async () => {
  const { accessToken } = admin;
  const email = `guest-${crypto.randomUUID()}@example.test`;
  const { id } = await ask<{ id: string }>(server, '/admin/invites', { body: { email }, accessToken });
  const links = async (): Promise<(string | undefined)[]> =>
    (await mailsTo(server, email)).map(({ text }) => /invite=([\w-]+)/.exec(text)?.[1]);
  await until('it is mailed', async () => (await links()).length === 1);
  await inDatabase(server, `UPDATE invites SET expires_at = now() WHERE id = $1`, [id]);
  const again = await ask<{ id: string; expiresAt: string }>(server, `/admin/invites/${id}/resend`, {
    method: 'POST',
    accessToken,
  });
  expect(again.id).toBe(id);
  expect(new Date(again.expiresAt).getTime()).toBeGreaterThan(Date.now() + 6 * 24 * 3600 * 1000);
  await until('it is mailed again', async () => (await links()).length === 2);
  expect(new Set(await links()).size).toBe(2);
  const gone = `/admin/invites/${person.id}/resend`;
  expect((await call(server, gone, { method: 'POST', accessToken })).status).toBe(404);
});

test('acts upon nobody are answered with not_found, by the same words everywhere', async () => {
  const nobody = '01a1fd42-e68d-753e-93b6-000000000000';
  const { password } = admin;
  for (const answer of [
    await act(`/${nobody}`),
    await act(`/${nobody}/sessions`),
    await act(`/${nobody}/sessions`, 'DELETE'),
    await act(`/${nobody}/factors/reset`, 'POST', { password }),
    await act(`/${nobody}/password-reset`, 'POST'),
    await changeRole(nobody, 'admin'),
  ]) {
    expect(refused(answer)).toEqual([404, 'not_found']);
  }
});
