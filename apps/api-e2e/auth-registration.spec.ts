import { inDatabase } from './support/database.js';
import { type Answer, call } from './support/http.js';
import { mailedCode, mailsTo, newRegistration, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

interface Refusal {
  code: string;
  errors?: { path: string; message: string }[];
}
interface Tokens {
  accessToken: string;
  expiresIn: number;
  refreshToken: string;
  user: Record<string, unknown>;
}

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.destroy());

const post = <T = Refusal>(path: string, body: unknown): Promise<Answer<T>> => call<T>(server, path, { body });
const register = (draft: unknown): Promise<Answer<{ userId: string }>> => post('/auth/register', draft);
const verify = (email: string, code: string, userId?: string): Promise<Answer<Tokens & Refusal>> =>
  post('/auth/verify-email', { email, code, userId });

/** A code that is certainly not this one. */
function otherThan(code: string, by = 1): string {
  return String((Number(code) + by) % 1_000_000).padStart(6, '0');
}

test('somebody registers, verifies with the mailed code and is logged in', async () => {
  const draft = newRegistration();
  const registered = await register({ ...draft, email: draft.email.toUpperCase() });
  expect(registered.status).toBe(201);
  const verified = await verify(draft.email, await mailedCode(server, draft.email));
  expect(verified.status).toBe(200);
  expect(verified.headers.get('cache-control')).toBe('no-store');
  expect(verified.body).toEqual({
    accessToken: expect.any(String),
    expiresIn: 900,
    refreshToken: expect.any(String),
    user: {
      id: registered.body.userId,
      username: draft.username,
      displayName: draft.displayName,
      avatarUrl: null,
      about: '',
      pronouns: '',
      email: draft.email,
      phone: null,
      phoneVerified: false,
      language: 'en',
      role: expect.any(String),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    },
  });
  const me = await call(server, '/users/me', { accessToken: verified.body.accessToken });
  expect(me.body).toEqual(verified.body.user);
});

test('a wrong code is refused, the right one works, and works once', async () => {
  const draft = newRegistration();
  await register(draft);
  const code = await mailedCode(server, draft.email);
  expect((await verify(draft.email, otherThan(code))).body.code).toBe('code_invalid');
  expect((await verify(draft.email, code)).status).toBe(200);
  expect((await verify(draft.email, code)).body.code).toBe('code_invalid');
});

test('of many right answers at once one begins a session', async () => {
  const draft = newRegistration();
  await register(draft);
  const code = await mailedCode(server, draft.email);
  const answers = await Promise.all(Array.from({ length: 5 }, () => verify(draft.email, code)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
});

test('a code is dead after ten minutes', async () => {
  const draft = newRegistration();
  await register(draft);
  const code = await mailedCode(server, draft.email);
  await inDatabase(server, `UPDATE registrations SET code_expires_at = now() WHERE email = $1`, [draft.email]);
  expect((await verify(draft.email, code)).body.code).toBe('code_invalid');
});

test('a code is dead after five guesses, also when they come at the same time', async () => {
  const draft = newRegistration();
  await register(draft);
  const code = await mailedCode(server, draft.email);
  const guesses = Array.from({ length: 20 }, (_, index) => verify(draft.email, otherThan(code, index + 1)));
  for (const { body } of await Promise.all(guesses)) expect(body.code).toBe('code_invalid');
  expect((await verify(draft.email, code)).body.code).toBe('code_invalid');
  const rows = await inDatabase(server, `SELECT code_tries FROM registrations WHERE email = $1`, [draft.email]);
  expect(rows).toEqual([{ code_tries: 5 }]);
});

test('a used address gets the same answers as a new one, and its owner a mail', async () => {
  const owner = await registerPerson(server);
  const used = newRegistration({ email: owner.email, password: 'what was typed just now' });
  const fresh = newRegistration();
  const [forUsed, forFresh] = await Promise.all([register(used), register(fresh)]);
  expect(forUsed.status).toBe(forFresh.status);
  expect(Object.keys(forUsed.body)).toEqual(Object.keys(forFresh.body));
  expect(forUsed.body.userId).not.toBe(owner.id);
  const [mail] = await mailsTo(server, owner.email);
  expect(mail?.subject).toBe('You already have an account');
  expect(mail?.text).not.toMatch(/^\d{6}$/m);
  // Nor does logging in with what was just registered tell the difference.
  for (const { email, username, password } of [used, fresh]) {
    for (const identifier of [email, username]) {
      const login = await post('/auth/login', { identifier, password });
      expect([login.status, login.body.code]).toEqual([403, 'email_unverified']);
    }
  }
  // And the owner's own password is still the owner's.
  expect((await post('/auth/login', { identifier: owner.email, password: owner.password })).status).toBe(200);
});

test('a stranger cannot slip a password into somebody else’s registration', async () => {
  const owner = newRegistration();
  const { userId } = (await register(owner)).body;
  const ownersCode = await mailedCode(server, owner.email);
  const stranger = newRegistration({ email: owner.email, password: 'what the stranger knows' });
  await register(stranger);
  const strangersCode = await mailedCode(server, owner.email, ownersCode);
  const [newest] = await mailsTo(server, owner.email);
  expect(newest?.text).toContain(`@${stranger.username}`);

  // The client that registered says which registration is meant: the stranger's code is none for it.
  expect((await verify(owner.email, strangersCode, userId)).body.code).toBe('code_invalid');
  const verified = await verify(owner.email, ownersCode, userId);
  expect(verified.body.user).toMatchObject({ id: userId, username: owner.username });
  expect((await verify(owner.email, strangersCode)).body.code).toBe('code_invalid');
  const login = await post('/auth/login', { identifier: owner.email, password: stranger.password });
  expect(login.body.code).toBe('credentials_invalid');
});

test('a username is taken whatever its case and width, as soon as somebody is verified', async () => {
  const owner = await registerPerson(server);
  const wide = String.fromCodePoint(...[...owner.username].map((letter) => (letter.codePointAt(0) ?? 0) + 0xfee0));
  for (const username of [owner.username, owner.username.toUpperCase(), wide]) {
    const refused = await post('/auth/register', { ...newRegistration(), username });
    expect([refused.status, refused.body.code]).toEqual([409, 'username_taken']);
  }
});

test('when two wait with one username, the first to verify has it', async () => {
  const first = newRegistration();
  const second = newRegistration({ username: first.username, email: `second-${first.email}` });
  await register(first);
  await register(second);
  expect((await verify(second.email, await mailedCode(server, second.email))).status).toBe(200);
  const late = await verify(first.email, await mailedCode(server, first.email));
  expect([late.status, late.body.code]).toEqual([409, 'username_taken']);
});

test.each([
  ['a reserved username', { username: 'Admin' }, 'username'],
  ['a username with an @', { username: 'a@b.c' }, 'username'],
  ['a short username', { username: 'ab' }, 'username'],
  ['a username in other letters', { username: 'аdа' }, 'username'],
  ['what is no address', { email: 'not-an-address' }, 'email'],
  ['two addresses in one', { email: 'a@example.test,b@example.test' }, 'email'],
  ['an address with a second header', { email: 'a@example.test\r\nBcc: b@example.test' }, 'email'],
  ['a short password', { password: 'short' }, 'password'],
  ['a password longer than what is hashed', { password: 'ä'.repeat(37) }, 'password'],
  ['one of the commonest passwords', { password: 'Password123' }, 'password'],
  ['a name without anything to see', { displayName: ' \u200b ' }, 'displayName'],
  ['a name that turns the text around it', { displayName: 'Ada\u202e' }, 'displayName'],
  ['a name that is no text', { displayName: { $ne: '' } }, 'displayName'],
  ['a role', { role: 'admin' }, 'role'],
  ['a verification', { emailVerifiedAt: '2026-01-01T00:00:00Z' }, 'emailVerifiedAt'],
])('registering refuses %s and names the field', async (_what, wrong, path) => {
  const refused = await post('/auth/register', { ...newRegistration(), ...wrong });
  expect([refused.status, refused.body.code]).toEqual([400, 'validation_failed']);
  expect(refused.body.errors?.map((error) => error.path)).toEqual([path]);
});

test('another code is mailed after half a minute, not before, and ends the first', async () => {
  const draft = newRegistration();
  await register(draft);
  const first = await mailedCode(server, draft.email);
  expect((await post('/auth/resend-code', { email: draft.email })).status).toBe(202);
  expect(await mailsTo(server, draft.email)).toHaveLength(1);
  const past = `UPDATE registrations SET code_sent_at = now() - interval '31 seconds' WHERE email = $1`;
  await inDatabase(server, past, [draft.email]);
  expect((await post('/auth/resend-code', { email: draft.email })).status).toBe(202);
  const second = await mailedCode(server, draft.email, first);
  expect((await verify(draft.email, first)).body.code).toBe('code_invalid');
  expect((await verify(draft.email, second)).status).toBe(200);
});

test('asking for a code again answers the same for an address nobody has', async () => {
  const nobody = await post('/auth/resend-code', { email: newRegistration().email });
  expect([nobody.status, nobody.body]).toEqual([202, undefined]);
});

test('logging in before verifying says so after the right password only, and mails a code', async () => {
  const draft = newRegistration();
  await register(draft);
  const first = await mailedCode(server, draft.email);
  const wrong = await post('/auth/login', { identifier: draft.email, password: 'not the password' });
  expect([wrong.status, wrong.body.code]).toEqual([401, 'credentials_invalid']);
  await inDatabase(server, `UPDATE registrations SET code_sent_at = now() - interval '31 seconds'`);
  const right = await post('/auth/login', { identifier: draft.username, password: draft.password });
  expect([right.status, right.body.code]).toEqual([403, 'email_unverified']);
  expect((await verify(draft.email, await mailedCode(server, draft.email, first))).status).toBe(200);
});
