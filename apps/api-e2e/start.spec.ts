import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { directChat, historyOf, registerPeople, send } from './support/chats.js';
import { databaseUrl } from './support/database.js';
import { ask } from './support/http.js';
import { type Ending, runServer } from './support/run-server.js';
import { startServer, type TestServer } from './support/server.js';
import { sharedServer } from './support/shared-server.js';

const SECRET = randomBytes(32).toString('hex');
const PRODUCTION = {
  NODE_ENV: 'production',
  JWT_SECRET: SECRET,
  ENCRYPTION_KEY: SECRET,
  DATABASE_URL: 'postgres://chatr:secret@127.0.0.1:1/chatr',
  SMTP_URL: 'smtp://127.0.0.1:1',
  PUBLIC_URL: 'https://chat.example.test',
};

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'chatr-e2e-'));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** What a person reads who started it: sentences, not the insides of the program. */
function expectClear({ code, output }: Ending, ...words: (string | RegExp)[]): void {
  for (const word of words) expect(output).toMatch(word);
  expect(output).not.toMatch(/\n\s+at /);
  expect(code).toBe(1);
}

describe('a server that cannot start says why in words, and ends', () => {
  it('when its port is taken', async () => {
    const { port } = new URL(sharedServer().url);
    const ending = await runServer({ PORT: port, DATA_DIR: dataDir, LOG_LEVEL: 'error' });
    expectClear(ending, `Port ${port} is taken`, 'PORT');
  });

  // Root may write anywhere but into what the system alone makes.
  it.each(['/dev/null/data', ...(process.platform === 'linux' ? ['/sys/kernel/chatr'] : [])])(
    'when nobody can write to %s',
    async (folder) => {
      expectClear(
        await runServer({ PORT: String(await getPort()), DATA_DIR: folder, LOG_LEVEL: 'error' }),
        'DATA_DIR',
        folder,
      );
    },
  );

  it('when its data folder is a file', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    expectClear(
      await runServer({ PORT: String(await getPort()), DATA_DIR: file, LOG_LEVEL: 'error' }),
      'DATA_DIR',
      file,
    );
  });

  it('when the secrets it kept are damaged', async () => {
    writeFileSync(join(dataDir, 'secrets.json'), '{"jwtSecret": ');
    expectClear(
      await runServer({ PORT: String(await getPort()), DATA_DIR: dataDir, LOG_LEVEL: 'error' }),
      'secrets.json',
    );
  });

  it('when settings are wrong, naming all of them at once and no secret', async () => {
    const wrong = {
      PORT: '99999',
      PUBLIC_URL: 'ftp://chat',
      DATABASE_URL: 'mysql://root:hunter2@localhost/x',
      SMTP_URL: 'nonsense',
      JWT_SECRET: 'short',
      MIGRATE: 'maybe',
      REGISTRATION: 'friends',
      ADMIN_EMAIL: 'boss',
      RATE_LIMITS: 'some',
      LOG_LEVEL: 'loud',
      REDIS_URL: 'http://localhost',
      WORKERS: '0',
      ACCESS_TOKEN_SECONDS: '1.5',
    };
    const ending = await runServer({ ...wrong, DATA_DIR: dataDir });
    expectClear(ending, ...Object.keys(wrong));
    expect(ending.output).not.toMatch(/hunter2|"short"/);
  });

  it('when production lacks settings, naming all of them at once', async () => {
    const ending = await runServer({ NODE_ENV: 'production', DATA_DIR: dataDir, RATE_LIMITS: 'off' });
    expectClear(ending, 'JWT_SECRET', 'ENCRYPTION_KEY', 'DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL', 'RATE_LIMITS');
  });

  it('when its database is not there', async () => {
    const ending = await runServer({
      ...PRODUCTION,
      PORT: String(await getPort()),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
    });
    expectClear(ending, 'DATABASE_URL');
    expect(ending.output).not.toContain('secret@');
  });

  it('when its database is empty and it was told to leave that as it is', async () => {
    const ending = await runServer({
      PORT: String(await getPort()),
      DATA_DIR: dataDir,
      MIGRATE: 'off',
      LOG_LEVEL: 'error',
    });
    expectClear(ending, 'MIGRATE');
  });
});

describe('a server does not disturb another', () => {
  let running: TestServer;

  beforeAll(async () => {
    running = await startServer();
  });

  afterAll(() => running.destroy());

  it('on whose data folder it is started', async () => {
    const ending = await runServer({ PORT: String(await getPort()), DATA_DIR: running.dataDir, LOG_LEVEL: 'error' });
    expectClear(ending, running.dataDir);
    expect((await fetch(`${running.url}/api/health/ready`)).status).toBe(200);
  });

  it('whose database does not let it in', async () => {
    const url = new URL(databaseUrl(running));
    url.password = 'wrong';
    const settings = { PORT: String(await getPort()), DATA_DIR: dataDir, LOG_LEVEL: 'error' };
    expectClear(await runServer({ ...settings, DATABASE_URL: url.href }), 'DATABASE_URL');
    const elsewhere = new URL(databaseUrl(running));
    elsewhere.pathname = '/elsewhere';
    expectClear(await runServer({ ...settings, DATABASE_URL: elsewhere.href }), 'DATABASE_URL', 'elsewhere');
  });
});

test('a server that was killed starts again with everything that was acknowledged', async () => {
  const server = await startServer();
  try {
    const [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
    const { id } = await directChat(server, ann, bob);
    for (const round of [1, 2]) {
      await send(server, ann, id, `round ${round}`);
      await server.kill9();
      await server.restart();
    }
    const { items } = await historyOf(server, bob, id);
    expect(items.map(({ seq, content }) => [seq, content])).toEqual([
      [1, 'round 1'],
      [2, 'round 2'],
    ]);
    // The schema is as it should be, so a server that may not touch it starts, too.
    expect(await server.stop()).toBe(0);
    await server.restart({ MIGRATE: 'off' });
    await ask(server, '/users/me', { accessToken: ann.accessToken });
    const secrets = readFileSync(join(server.dataDir, 'secrets.json'), 'utf8');
    expect(server.logs.join('\n')).not.toContain((JSON.parse(secrets) as { jwtSecret: string }).jwtSecret);
  } finally {
    await server.destroy();
  }
});
