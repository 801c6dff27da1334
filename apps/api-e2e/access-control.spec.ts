import { randomUUID } from 'node:crypto';
import { directChat, groupOf, historyOf, inGroup, type Refusal, registerPeople, send } from './support/chats.js';
import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import { fetchDocument, type OpenApiDocument, type Route, routesOf } from './support/openapi.js';
import { newRegistration, type Person, registerPerson } from './support/people.js';
import { bodyFor, fieldsOf, type IdFields } from './support/samples.js';
import { startServer, type TestServer } from './support/server.js';

/*
 * Made from the OpenAPI document: a new route is tested by being there. Where it cannot be, or is open on purpose, the test fails until
 * somebody has looked at it and written it into one of the tables below.
 */

/** Routes that answer without an access token, and why they may. */
const PUBLIC: Readonly<Record<string, string>> = {
  'get /api/health/live': 'asked by whoever starts and watches the server; says nothing of people',
  'get /api/health/ready': 'the same',
  'get /api/server': 'what a log-in screen has to know',
  'get /api/users/username-check': 'usernames are public, and whoever registers has no token yet',
  'post /api/auth/register': 'nobody has a token yet',
  'post /api/auth/verify-email': 'the mailed code is the proof',
  'post /api/auth/resend-code': 'nobody has a token yet; answers the same for every address',
  'post /api/auth/login': 'the password is the proof',
  'post /api/auth/login/verify': 'the second step of a log-in whose password was right',
  'post /api/auth/login/code': 'the same; answers nothing',
  'post /api/auth/login/options': 'the same; what it answers is good for nothing without the passkey',
  'post /api/auth/passkeys/login': 'the passkey is the proof',
  'post /api/auth/passkeys/login/options': 'nobody has a token yet; answers the same for everybody',
  'post /api/auth/refresh': 'the refresh token is the proof',
  'get /api/auth/sso/start': 'whoever signs in has no token yet; leads to the provider',
  'get /api/auth/sso/callback': 'the provider’s answer is the proof, in the browser that asked for it',
  'post /api/auth/forgot-password': 'who forgot has no token; answers the same for every address',
  'post /api/auth/reset-password': 'the mailed code is the proof',
  'get /api/exports/download': 'a download carries no header: the one-time link is the proof',
};

/** Routes that take another person's ids and do something with them, and why they may. */
const OPEN: Readonly<Record<string, string>> = {
  'get /api/users/{id}': 'a profile is for everybody who is signed in; it holds public fields alone',
  'put /api/contacts/{userId}': 'the list is one’s own; the other is not told',
  'delete /api/contacts/{userId}': 'the same',
  'put /api/blocks/{userId}': 'the list is one’s own; anybody may block anybody',
  'delete /api/blocks/{userId}': 'the same',
  'post /api/chats': 'anybody may write to anybody, and begin a group with them',
  'post /api/sync': 'answers with nothing but that one is not in a foreign chat',
  'post /api/auth/verify-email': 'the id of a registration, which no other person’s code completes',
  'post /api/auth/resend-code': 'the same, and it answers nothing',
};

/** Fields whose names end as if they held the id of something that is there. */
const NO_IDS = ['clientId'];

/** Things that no body may set about somebody: who they are, what they may, when what was done. */
const FORBIDDEN_FIELDS = [
  'id',
  'role',
  'userId',
  'ownerId',
  'senderId',
  'isAdmin',
  'emailVerifiedAt',
  'suspendedAt',
  'deletedAt',
];

const ADMIN = 'boss@example.test';

let server: TestServer;
let document: OpenApiDocument;
let routes: Route[];
let boss: Person;
let ann: Person;
let stranger: Person;
/** What of Ann's a path means by an id, by the word before it. */
let owned: Record<string, string>;
/** What of Ann's a body means by a field. */
let ownedFields: IdFields;
/** Nothing that a stranger hears may hold this. */
const SECRET = 'words that are nobody’s business';

beforeAll(async () => {
  server = await startServer({ ADMIN_EMAIL: ADMIN });
  document = await fetchDocument(server);
  routes = routesOf(document);
  boss = await registerPerson(server, { email: ADMIN });
  [ann, stranger] = await registerPeople(server, 'Ann', 'Stranger');
  const bob = await registerPerson(server);
  const direct = await directChat(server, ann, bob);
  const group = await groupOf(server, ann, bob);
  const message = await send(server, ann, direct.id, SECRET);
  const { accessToken } = ann;
  // A log-in of hers that waits for its code.
  const { challenge } = await ask<{ challenge: { id: string } }>(server, '/auth/login', {
    body: { identifier: ann.email, password: ann.password },
    headers: { 'user-agent': 'a device that nobody knows' },
  });
  const sessions = await ask<{ items: { id: string }[] }>(server, '/auth/sessions', { accessToken });
  const invite = await ask<{ id: string }>(server, '/admin/invites', {
    body: { email: newRegistration().email },
    accessToken: boss.accessToken,
  });
  const [passkey] = await inDatabase<{ id: string }>(
    server,
    `INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, synced, transports, name)
     VALUES (gen_random_uuid(), $1, 'a credential', '', 0, false, '{}', 'Laptop') RETURNING id`,
    [ann.id],
  );
  const identity = randomUUID();
  await inDatabase(
    server,
    `INSERT INTO identities (id, issuer, subject, user_id, label) VALUES ($1, 'https://login.test', 'ann', $2, 'ann')`,
    [identity, ann.id],
  );
  owned = {
    chats: direct.id,
    groups: group.id,
    identities: identity,
    invites: invite.id,
    members: bob.id,
    messages: message.id,
    passkeys: passkey?.id ?? '',
    sessions: sessions.items[0]?.id ?? '',
    users: ann.id,
  };
  ownedFields = {
    challengeId: challenge.id,
    chatId: direct.id,
    chats: { [direct.id]: 0, [group.id]: 0 },
    memberIds: [bob.id],
    messageId: message.id,
    replyToId: message.id,
    userId: ann.id,
    userIds: [bob.id],
  };
});
afterAll(() => server.destroy());

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const isAdministration = ({ path }: Route): boolean => path.startsWith('/api/admin/');

/** The path with Ann's own ids in it. @throws Error for an id of a kind that the test has none of */
function pathOf({ path }: Route): string {
  return path.replace(/^\/api/, '').replaceAll(/([\w-]+)\/\{(\w+)\}/g, (_match, word: string, parameter: string) => {
    const id = owned[word] ?? (parameter === 'userId' ? owned['users'] : undefined);
    if (id === undefined) throw new Error(`${path}: what is an id after “${word}”? Make one of Ann’s in this file.`);
    return `${word}/${id}`;
  });
}

function namesSomething(route: Route): boolean {
  const inBody = fieldsOf(document, route).some((field) => field in ownedFields || isIdField(field));
  return route.path.includes('{') || inBody;
}

function isIdField(field: string): boolean {
  return /Ids?$/.test(field) && !NO_IDS.includes(field);
}

function attempt(
  route: Route,
  accessToken: string | undefined,
  more: object = {},
): Promise<Answer<Refusal | undefined>> {
  const body = bodyFor(document, route, ownedFields);
  return call(server, pathOf(route), {
    method: route.method.toUpperCase() as 'GET',
    ...(body === undefined ? {} : { body: { ...body, ...more } }),
    ...(accessToken === undefined ? {} : { accessToken }),
  });
}

test('the tables name routes that there are', () => {
  const known = new Set(routes.map(nameOf));
  expect([...Object.keys(PUBLIC), ...Object.keys(OPEN)].filter((route) => !known.has(route))).toEqual([]);
  expect(routes.length).toBeGreaterThan(30);
});

test('every id that a body may hold is one that this test knows', () => {
  const unknown = routes.flatMap((route) =>
    fieldsOf(document, route)
      .filter((field) => isIdField(field) && !(field in ownedFields))
      .map((field) => `${nameOf(route)}: ${field}`),
  );
  expect(unknown).toEqual([]);
});

test('without an access token nothing is open but what has to be', async () => {
  const open: string[] = [];
  for (const route of routes) {
    const { status, body } = await attempt(route, undefined);
    if (status !== 401 || body?.code !== 'unauthenticated') open.push(nameOf(route));
  }
  // Some of them answer 401 themselves, to what they were given.
  expect(open.filter((route) => !(route in PUBLIC))).toEqual([]);
  const documented = routes.filter(({ operation }) => operation.security === undefined).map(nameOf);
  expect(documented.toSorted()).toEqual(Object.keys(PUBLIC).toSorted());
});

test('what belongs to somebody else is forbidden or not there, whoever knows its id', async () => {
  const checked: string[] = [];
  const wrong: unknown[] = [];
  for (const route of routes.filter(namesSomething)) {
    const answer = await attempt(route, stranger.accessToken);
    checked.push(nameOf(route));
    const isOpen = nameOf(route) in OPEN || nameOf(route) in PUBLIC;
    const fits = isOpen ? answer.status < 500 : answer.status === 403 || answer.status === 404;
    if (!fits || JSON.stringify(answer.body ?? '').includes(SECRET))
      wrong.push([nameOf(route), answer.status, answer.body]);
  }
  expect(wrong).toEqual([]);
  expect(checked.length).toBeGreaterThan(18);

  // And nothing has come of it.
  const { accessToken } = ann;
  expect((await call(server, '/users/me', { accessToken })).status).toBe(200);
  const { items } = await historyOf(server, ann, owned['chats'] ?? '');
  expect(items.map(({ content }) => content)).toEqual([SECRET]);
  expect((await inGroup(server, ann, owned['groups'] ?? '', 'GET')).body).toMatchObject({
    name: 'Group',
    memberCount: 2,
  });
});

test('an open route is open for a reason: it does not refuse by itself', async () => {
  const refused: string[] = [];
  for (const route of routes.filter((one) => nameOf(one) in OPEN && !(nameOf(one) in PUBLIC))) {
    const { status } = await attempt(route, stranger.accessToken);
    if (status >= 400) refused.push(`${nameOf(route)} ${status}`);
  }
  expect(refused).toEqual([]);
});

test('administration is closed to everybody else, and opens to an administrator', async () => {
  const administration = routes.filter(isAdministration);
  expect(administration.length).toBeGreaterThan(4);
  for (const route of administration) {
    const { status, body } = await attempt(route, stranger.accessToken);
    expect([nameOf(route), status, body?.code]).toEqual([nameOf(route), 403, 'forbidden']);
  }
  const list = await call(server, '/admin/users', { accessToken: boss.accessToken });
  expect(list.status).toBe(200);
});

test('an administrator is one among others in chats that are not theirs', async () => {
  for (const route of routes.filter(({ path }) => /^\/api\/(chats|groups|messages)\/\{/.test(path))) {
    const { status } = await attempt(route, boss.accessToken);
    expect([nameOf(route), status === 403 || status === 404]).toEqual([nameOf(route), true]);
  }
});

test('no body sets what is not its to set', async () => {
  const accepted: unknown[] = [];
  let tried = 0;
  for (const route of routes.filter(({ operation }) => operation.requestBody !== undefined)) {
    const own = fieldsOf(document, route);
    for (const field of FORBIDDEN_FIELDS.filter((name) => !own.includes(name))) {
      const accessToken = isAdministration(route) ? boss.accessToken : stranger.accessToken;
      const { status, body } = await attempt(route, accessToken, { [field]: ann.id });
      tried += 1;
      const isNamed = body?.errors?.some(({ path }) => path === field) ?? false;
      if (status !== 400 || body?.code !== 'validation_failed' || !isNamed)
        accepted.push([nameOf(route), field, status]);
    }
  }
  expect(accepted).toEqual([]);
  expect(tried).toBeGreaterThan(100);
});
