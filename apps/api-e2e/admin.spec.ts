import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import {
  mailedCode,
  mailsTo,
  newRegistration,
  type Person,
  type Registration,
  registerPerson,
} from './support/people.js';
import { type Environment, startServer, type TestServer } from './support/server.js';

interface Refusal {
  code: string;
}
interface Tokens extends Refusal {
  accessToken: string;
  user: { id: string; role: string };
}
interface Invite {
  id: string;
  email: string;
}

const refused = (answer: Answer<Refusal>): [number, string] => [answer.status, answer.body.code];

async function withServer(env: Environment, work: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startServer(env);
  try {
    await work(server);
  } finally {
    await server.destroy();
  }
}

const register = (server: TestServer, draft: Registration & { inviteToken?: string }): Promise<Answer<Refusal>> =>
  call(server, '/auth/register', { body: draft });

async function verify(server: TestServer, email: string): Promise<Answer<Tokens>> {
  return call(server, '/auth/verify-email', { body: { email, code: await mailedCode(server, email) } });
}

async function roleOf(server: TestServer, { accessToken }: Person): Promise<string> {
  return (await ask<{ role: string }>(server, '/users/me', { accessToken })).role;
}

const invite = (server: TestServer, admin: Person, email: string): Promise<Answer<Invite & Refusal>> =>
  call(server, '/admin/invites', { body: { email }, accessToken: admin.accessToken });

async function mailedToken(server: TestServer, email: string): Promise<string> {
  const [mail] = await mailsTo(server, email);
  const token = /\/register\?invite=([\w-]+)/.exec(mail?.text ?? '')?.[1];
  if (token === undefined) throw new Error('no invitation was mailed');
  return token;
}

describe('the first administrator', () => {
  test('is the first to be verified, and only one where several are at once', () =>
    withServer({}, async (server) => {
      const drafts = Array.from({ length: 6 }, () => newRegistration());
      for (const draft of drafts) await register(server, draft);
      const answers = await Promise.all(drafts.map(({ email }) => verify(server, email)));
      const roles = answers.map(({ body }) => body.user.role);
      expect(roles.filter((role) => role === 'admin')).toHaveLength(1);
      expect(roles.filter((role) => role === 'user')).toHaveLength(5);
    }));

  test('is whom ADMIN_EMAIL names, and nobody else, though registration is closed', () =>
    withServer({ ADMIN_EMAIL: 'Boss@example.test', REGISTRATION: 'closed' }, async (server) => {
      expect(refused(await register(server, newRegistration()))).toEqual([403, 'registration_closed']);
      const boss = await registerPerson(server, { email: 'boss@example.test' });
      expect(await roleOf(server, boss)).toBe('admin');
      expect(refused(await invite(server, boss, 'a@example.test'))).toEqual([409, 'conflict']);
    }));
});

describe('registration by invitation', () => {
  test('lets in the invited address alone, once, and not after the invitation was withdrawn', () =>
    withServer({ REGISTRATION: 'invite' }, async (server) => {
      // Two begin before anybody is there; only the first of them may complete.
      const [first, second] = [newRegistration(), newRegistration()];
      await register(server, first);
      await register(server, second);
      const admin = { ...first, ...(await verify(server, first.email)).body } as unknown as Person;
      expect(refused(await verify(server, second.email))).toEqual([403, 'registration_closed']);

      const guest = newRegistration();
      expect(refused(await register(server, guest))).toEqual([403, 'registration_closed']);
      expect((await invite(server, admin, guest.email.toUpperCase())).status).toBe(201);
      const inviteToken = await mailedToken(server, guest.email);
      expect(refused(await register(server, { ...newRegistration(), inviteToken }))).toEqual([
        403,
        'registration_closed',
      ]);
      expect((await register(server, { ...guest, inviteToken })).status).toBe(201);
      const entered = await verify(server, guest.email);
      expect([entered.status, entered.body.user.role]).toEqual([200, 'user']);
      expect(refused(await register(server, { ...guest, username: `${guest.username}2`, inviteToken }))).toEqual([
        403,
        'registration_closed',
      ]);
      expect(refused(await invite(server, admin, guest.email))).toEqual([409, 'conflict']);

      const late = newRegistration();
      const { body } = await invite(server, admin, late.email);
      const lateToken = await mailedToken(server, late.email);
      expect((await register(server, { ...late, inviteToken: lateToken })).status).toBe(201);
      const { items } = await ask<{ items: Invite[] }>(server, '/admin/invites', { accessToken: admin.accessToken });
      expect(items.map(({ email }) => email)).toEqual([late.email]);
      const path = `/admin/invites/${body.id}`;
      expect((await call(server, path, { method: 'DELETE', accessToken: admin.accessToken })).status).toBe(204);
      expect(refused(await verify(server, late.email))).toEqual([403, 'registration_closed']);
      expect(refused(await register(server, { ...late, inviteToken: lateToken }))).toEqual([
        403,
        'registration_closed',
      ]);
    }));

  test('ends after seven days, and a second invitation replaces the first', () =>
    withServer({ REGISTRATION: 'invite' }, async (server) => {
      const admin = await registerPerson(server);
      const guest = newRegistration();
      await invite(server, admin, guest.email);
      const replaced = await mailedToken(server, guest.email);
      await invite(server, admin, guest.email);
      const inviteToken = await mailedToken(server, guest.email);
      expect(refused(await register(server, { ...guest, inviteToken: replaced }))).toEqual([
        403,
        'registration_closed',
      ]);
      await inDatabase(server, 'UPDATE invites SET expires_at = now()');
      expect(refused(await register(server, { ...guest, inviteToken }))).toEqual([403, 'registration_closed']);
    }));

  test('may be limited to domains, whose look-alikes are not let in', () =>
    withServer({ REGISTRATION: 'corp.test,Other.test' }, async (server) => {
      const admin = await registerPerson(server);
      for (const email of ['a@evilcorp.test', 'a@corp.test.evil.test', 'a@sub.corp.test', '"a@corp.test"@evil.test']) {
        expect((await register(server, newRegistration({ email }))).status).not.toBe(201);
      }
      expect((await register(server, newRegistration({ email: 'a@CORP.test' }))).status).toBe(201);
      const guest = newRegistration();
      await invite(server, admin, guest.email);
      expect((await register(server, { ...guest, inviteToken: await mailedToken(server, guest.email) })).status).toBe(
        201,
      );
    }));
});

describe('administrators', () => {
  let server: TestServer;
  let admin: Person;
  beforeAll(async () => {
    server = await startServer();
    admin = await registerPerson(server);
  });
  afterAll(() => server.destroy());

  const suspend = (by: Person, id: string): Promise<Answer<Refusal>> =>
    call(server, `/admin/users/${id}/suspend`, { method: 'POST', accessToken: by.accessToken });
  const restore = (by: Person, id: string): Promise<Answer<Refusal>> =>
    call(server, `/admin/users/${id}/restore`, { method: 'POST', accessToken: by.accessToken });
  const me = (person: Person): Promise<Answer<Refusal>> =>
    call(server, '/users/me', { accessToken: person.accessToken });
  const login = ({ email: identifier, password }: Person): Promise<Answer<Refusal>> =>
    call(server, '/auth/login', { body: { identifier, password } });

  test('suspend somebody, who is out at once, and let them in again', async () => {
    const person = await registerPerson(server);
    expect((await me(person)).status).toBe(200);
    expect((await suspend(admin, person.id)).status).toBe(200);
    expect(refused(await me(person))).toEqual([403, 'account_suspended']);
    const body = { refreshToken: person.refreshToken };
    expect(refused(await call(server, '/auth/refresh', { body }))).toEqual([403, 'account_suspended']);
    expect(refused(await login(person))).toEqual([403, 'account_suspended']);
    const found = await ask<{ items: unknown[] }>(server, `/users?query=${person.username}`, {
      accessToken: admin.accessToken,
    });
    expect(found.items).toEqual([]);
    const listed = await ask<{ items: unknown[] }>(server, `/admin/users?query=${person.username}`, {
      accessToken: admin.accessToken,
    });
    expect(listed.items).toMatchObject([{ id: person.id, email: person.email, suspendedAt: expect.any(String) }]);

    expect((await restore(admin, person.id)).status).toBe(200);
    expect((await login(person)).status).toBe(200);
    // What was ended stays ended.
    expect((await call(server, '/auth/refresh', { body })).status).toBe(401);
  });

  test('tell a suspended person so after the right password only', async () => {
    const person = await registerPerson(server);
    await suspend(admin, person.id);
    expect(refused(await login({ ...person, password: 'not the password' }))).toEqual([401, 'credentials_invalid']);
  });

  test('cannot suspend themselves, nor two each other at the same moment', async () => {
    expect(refused(await suspend(admin, admin.id))).toEqual([409, 'conflict']);
    const second = await registerPerson(server);
    await inDatabase(server, `UPDATE users SET role = 'admin' WHERE id = $1`, [second.id]);
    const again = { ...second, ...(await login(second)).body } as unknown as Person;
    const answers = await Promise.all([suspend(admin, second.id), suspend(again, admin.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    const [row] = await inDatabase<{ count: string }>(
      server,
      `SELECT count(*) FROM users WHERE role = 'admin' AND suspended_at IS NULL`,
    );
    expect(Number(row?.count)).toBe(1);
    await inDatabase(server, `UPDATE users SET suspended_at = NULL`);
    admin = { ...admin, ...(await login(admin)).body };
  });

  test('are the only ones who come near these routes', async () => {
    const person = await registerPerson(server);
    const { accessToken } = person;
    for (const answer of [
      await suspend(person, admin.id),
      await restore(person, admin.id),
      await invite(server, person, 'a@example.test'),
      await call<Refusal>(server, '/admin/users', { accessToken }),
      await call<Refusal>(server, '/admin/invites', { accessToken }),
    ]) {
      expect(refused(answer)).toEqual([403, 'forbidden']);
    }
    expect(refused(await call(server, '/admin/users'))).toEqual([401, 'unauthenticated']);
  });

  test('get a clear answer about somebody who is not there', async () => {
    const nobody = '01a1fd42-e68d-753e-93b6-000000000000';
    expect(refused(await suspend(admin, nobody))).toEqual([404, 'not_found']);
    expect(refused(await restore(admin, nobody))).toEqual([404, 'not_found']);
    const path = `/admin/invites/${nobody}`;
    expect((await call(server, path, { method: 'DELETE', accessToken: admin.accessToken })).status).toBe(404);
  });
});
