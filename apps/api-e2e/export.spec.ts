import { setTimeout as sleep } from 'node:timers/promises';
import { exportOf, exportTicket } from './support/archives.js';
import { directChat, groupOf, inGroup, refused, type Refusal, registerPeople, send } from './support/chats.js';
import { until } from './support/clients.js';
import { inDatabase } from './support/database.js';
import { type Answer, ask, call } from './support/http.js';
import { mailsTo, type Person, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ LOG_LEVEL: 'debug', RATE_LIMITS: 'on' });
});
afterAll(() => server.destroy());

const request = ({ accessToken }: Person, password: unknown): Promise<Answer<Refusal>> =>
  call(server, '/users/me/export', { body: { password }, accessToken });
const stateOf = ({ accessToken }: Person): Promise<{ state: string; bytes: number; chatsDone: number }> =>
  ask(server, '/users/me/export', { accessToken });

/** The messages of the one chat in an archive whose folder ends with this name. */
function linesOf(files: ReadonlyMap<string, string>, chat: string): Record<string, unknown>[] {
  const path = [...files.keys()].find((one) => one.startsWith('chats/') && one.endsWith(` ${chat}/messages.jsonl`));
  if (path === undefined) throw new Error(`There is no chat ${chat} in ${[...files.keys()].join(', ')}`);
  const text = files.get(path) ?? '';
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('somebody’s archive', () => {
  test('holds everything that they can see, in files that people and programs can read', async () => {
    const [ann, bob] = await registerPeople(server, 'Ann Ünal', 'عائشة 👩‍🚀');
    const { id: direct } = await directChat(server, ann, bob);
    const first = await send(server, ann, direct, 'first draft');
    const edit = { method: 'PATCH', body: { content: 'first <b>word</b> "&' }, accessToken: ann.accessToken } as const;
    await ask(server, `/messages/${first.id}`, edit);
    const gone = await send(server, bob, direct, 'a slip of the tongue');
    await ask(server, `/messages/${gone.id}`, { method: 'DELETE', accessToken: bob.accessToken });
    await send(server, bob, direct, 'two\nlines 🎉');
    await ask(server, '/users/me', { method: 'PATCH', body: { about: 'About me' }, accessToken: ann.accessToken });

    const files = await exportOf(server, ann);
    const own = ['README.txt', 'index.html', 'profile.json', 'sessions.json', 'audit.json'];
    expect([...files.keys()]).toEqual(expect.arrayContaining(own));
    const [profile] = JSON.parse(files.get('profile.json') ?? '') as object[];
    expect(profile).toMatchObject({ id: ann.id, email: ann.email, displayName: 'Ann Ünal', about: 'About me' });
    expect(JSON.parse(files.get('sessions.json') ?? '')).toMatchObject([{ endedAt: null }]);
    expect(files.get('audit.json')).toContain('account.exported');

    expect(linesOf(files, 'عائشة 👩‍🚀')).toMatchObject([
      { seq: 1, senderName: 'Ann Ünal', content: 'first <b>word</b> "&', edits: [{ content: 'first draft' }] },
      { seq: 2, senderName: 'عائشة 👩‍🚀', content: '', deletedAt: expect.any(String) as string },
      { seq: 3, content: 'two\nlines 🎉', createdAt: expect.stringMatching(/^\d{4}-.*Z$/) as string },
    ]);
    const everything = [...files.values()].join('\n');
    expect(everything).not.toContain('a slip of the tongue');
    const page = [...files].find(([path]) => path.endsWith('/page-1.html'))?.[1] ?? '';
    expect(page).toContain('first &lt;b&gt;word&lt;/b&gt; &quot;&amp;');
    expect(page).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none'`);
    expect(`${page}${files.get('index.html') ?? ''}`).not.toMatch(/<script|<b>|\son\w+=/);
    expect(files.get('index.html')).toContain(encodeURIComponent('عائشة 👩‍🚀'));
  });

  test('holds no secret of theirs, and nothing that is others’ to know', async () => {
    const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
    const { id } = await groupOf(server, bob);
    await send(server, bob, id, 'before she came');
    await inGroup(server, bob, id, 'POST', '/members', { userIds: [ann.id] });
    const early = await send(server, bob, id, 'what he said first');
    const change = { method: 'PATCH', body: { content: 'what he says' }, accessToken: bob.accessToken } as const;
    await ask(server, `/messages/${early.id}`, change);
    const everything = [...(await exportOf(server, ann)).values()].join('\n');
    const [{ hash }] = (await inDatabase<{ hash: string }>(
      server,
      'SELECT password_hash AS hash FROM users WHERE id = $1',
      [ann.id],
    )) as [{ hash: string }];
    for (const secret of [ann.password, hash, ann.refreshToken, bob.email, 'before she came', 'what he said first']) {
      expect(everything).not.toContain(secret);
    }
    expect(everything).toContain('what he says');
  });

  test('cannot be unpacked to elsewhere, whatever chats are called', async () => {
    const ann = await registerPerson(server);
    for (const name of ['../../../evil', '..', 'C:\\evil', '/etc/passwd', 'CON', '<img src=x>']) {
      await ask(server, '/chats', { body: { type: 'group', name, memberIds: [] }, accessToken: ann.accessToken });
    }
    // Reading it would fail for a path that leads out of it.
    const files = await exportOf(server, ann);
    for (const path of files.keys()) expect(path).toMatch(/^(chats\/\d{5} [^/\\]+\/)?[^/\\]+$/);
    expect(files.get('index.html')).toContain('&lt;img src=x&gt;');
  });

  test('has a long chat on several pages that lead to each other, and whole', async () => {
    const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
    const { id } = await directChat(server, ann, bob);
    await inDatabase(
      server,
      `INSERT INTO messages (chat_id, seq, version, id, client_id, sender_id, type, content, created_at)
       SELECT $1, n, n + 1, gen_random_uuid(), 'c' || n, $2, 'text', 'message ' || n, now() FROM generate_series(1, 2500) AS n`,
      [id, bob.id],
    );
    await inDatabase(server, 'UPDATE chats SET last_seq = 2500, version = 2501 WHERE id = $1', [id]);
    const files = await exportOf(server, ann);
    expect(linesOf(files, 'Bob').map(({ content }) => content)).toEqual(
      Array.from({ length: 2_500 }, (_, index) => `message ${index + 1}`),
    );
    const pages = [...files].filter(([path]) => /page-\d+\.html$/.test(path)).map(([, text]) => text);
    expect(pages.map((text) => text.match(/<article>/g)?.length)).toEqual([1_000, 1_000, 500]);
    expect(pages[1]).toMatch(/page-1\.html.*page-3\.html/s);
    expect(files.get('index.html')).toContain('2500 messages');
  });
});

describe('asking for the archive', () => {
  test('takes the password, and its owner hears of it', async () => {
    const ann = await registerPerson(server);
    expect(refused(await request(ann, 'not the password'))).toEqual([401, 'credentials_invalid']);
    for (const nothing of [undefined, '', 7, null, 'x'.repeat(1_001)]) {
      expect(refused(await request(ann, nothing))).toEqual([400, 'validation_failed']);
    }
    expect((await request(ann, ann.password)).status).toBe(201);
    await until(
      'a mail has come',
      async () => (await mailsTo(server, ann.email))[0]?.subject === 'Your data was asked for',
    );
  });

  test('gives a link that works once, for minutes, and stands in no log', async () => {
    const ann = await registerPerson(server);
    const { url, expiresAt } = await exportTicket(server, ann);
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(5 * 60_000);
    expect((await stateOf(ann)).state).toBe('waiting');
    const answer = await fetch(url);
    expect([answer.status, (await answer.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
    await until('it is finished', async () => (await stateOf(ann)).state === 'finished');
    expect((await fetch(url)).status).toBe(404);
    const ticket = new URL(url).searchParams.get('ticket') ?? 'nothing';
    expect(server.logs.join('\n')).not.toContain(ticket);
    const [row] = await inDatabase<{ row: string }>(
      server,
      'SELECT data_exports::text AS row FROM data_exports WHERE user_id = $1',
      [ann.id],
    );
    expect(row?.row).not.toContain(ticket);

    const old = await exportTicket(server, ann);
    await inDatabase(server, 'UPDATE data_exports SET ticket_expires_at = now() WHERE user_id = $1', [ann.id]);
    expect((await fetch(old.url)).status).toBe(404);
    expect((await fetch(`${server.url}/api/exports/download?ticket=invented`)).status).toBe(404);
  });

  test('gives one link at a time, of many requests at once too', async () => {
    const ann = await registerPerson(server);
    const links = await Promise.all([exportTicket(server, ann), exportTicket(server, ann), exportTicket(server, ann)]);
    const statuses = await Promise.all(links.map(async ({ url }) => (await fetch(url)).status));
    expect(statuses.toSorted()).toEqual([200, 404, 404]);
  });

  test('is of no use after logging out', async () => {
    const ann = await registerPerson(server);
    const { url } = await exportTicket(server, ann);
    await ask(server, '/auth/logout', { method: 'POST', accessToken: ann.accessToken });
    expect((await fetch(url)).status).toBe(404);
  });

  test('over and over is refused, with the time to wait', async () => {
    const ann = await registerPerson(server);
    for (let number = 0; number < 5; number++) expect((await request(ann, ann.password)).status).toBe(201);
    const refusal = await request(ann, ann.password);
    expect(refused(refusal)).toEqual([429, 'rate_limited']);
    expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

test('a download whose reader has gone ends, and holds nothing up meanwhile', async () => {
  const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
  const { id } = await directChat(server, ann, bob);
  // Too much for any buffer on the way, and not to be compressed.
  await inDatabase(
    server,
    `INSERT INTO messages (chat_id, seq, version, id, client_id, sender_id, type, content, created_at)
     SELECT $1, n, n + 1, gen_random_uuid(), 'c' || n, $2, 'text',
       (SELECT string_agg(md5(random()::text || n || i), '') FROM generate_series(1, 250) AS i), now()
     FROM generate_series(1, 6000) AS n`,
    [id, bob.id],
  );
  await inDatabase(server, 'UPDATE chats SET last_seq = 6000, version = 6001 WHERE id = $1', [id]);
  const { url } = await exportTicket(server, ann);
  const leaving = new AbortController();
  const answer = await fetch(url, { signal: leaving.signal });
  const reader = (answer.body ?? new ReadableStream()).getReader();
  await reader.read();
  // It waits for whoever reads: what was written is what fits into the buffers on the way.
  await until('the download is noted', async () => (await stateOf(ann)).bytes > 0);
  await sleep(2_500);
  const [before, after] = [(await stateOf(ann)).bytes, (await sleep(2_500), await stateOf(ann)).bytes];
  expect(after).toBe(before);
  expect(refused(await request(ann, ann.password))).toEqual([409, 'conflict']);
  leaving.abort();
  await until('the server has noticed', async () => (await stateOf(ann)).state === 'interrupted');
  expect((await request(ann, ann.password)).status).toBe(201);
});

test('a download ends when its session does', async () => {
  const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
  const { id } = await directChat(server, ann, bob);
  await inDatabase(
    server,
    `INSERT INTO messages (chat_id, seq, version, id, client_id, sender_id, type, content, created_at)
     SELECT $1, n, n + 1, gen_random_uuid(), 'c' || n, $2, 'text',
       (SELECT string_agg(md5(random()::text || n || i), '') FROM generate_series(1, 250) AS i), now()
     FROM generate_series(1, 6000) AS n`,
    [id, bob.id],
  );
  await inDatabase(server, 'UPDATE chats SET last_seq = 6000, version = 6001 WHERE id = $1', [id]);
  const answer = await fetch((await exportTicket(server, ann)).url);
  const reader = (answer.body ?? new ReadableStream()).getReader();
  await reader.read();
  await ask(server, '/auth/logout', { method: 'POST', accessToken: ann.accessToken });
  await sleep(3_000);
  await expect(
    (async () => {
      while (!(await reader.read()).done);
    })(),
  ).rejects.toThrow();
});
