import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from './config.js';
import { ConfigError } from './config-error.js';

const SECRET = 'a secret of more than thirty-two characters';
const PRODUCTION = {
  NODE_ENV: 'production',
  JWT_SECRET: SECRET,
  ENCRYPTION_KEY: SECRET,
  DATABASE_URL: 'postgres://chatr@database/chatr',
  SMTP_URL: 'smtps://mail',
  PUBLIC_URL: 'https://chat.example.test/',
};

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'chatr-config-'));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function refused(environment: Record<string, string>): string[] {
  try {
    loadConfig({ DATA_DIR: dataDir, ...environment });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ name }) => name);
  }
}

it('needs nothing on a laptop', () => {
  const config = loadConfig({ DATA_DIR: dataDir });
  expect(config).toMatchObject({
    production: false,
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    databaseUrl: undefined,
    trustProxy: false,
    migrate: 'start',
    registration: { kind: 'open' },
    loginVerification: 'new-device',
    messageRequests: false,
    rateLimits: true,
    accessTokenSeconds: 900,
  });
});

it('makes secrets once and keeps them where only the server reads them', () => {
  const first = loadConfig({ DATA_DIR: dataDir });
  expect(loadConfig({ DATA_DIR: dataDir }).jwtSecrets).toEqual(first.jwtSecrets);
  expect(first.jwtSecrets).not.toEqual(first.encryptionKeys);
  const file = join(dataDir, 'secrets.json');
  expect(statSync(file).mode & 0o077).toBe(0);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
  expect(refused({})).toEqual(['DATA_DIR']);
  writeFileSync(file, '[]');
  expect(refused({})).toEqual(['DATA_DIR']);
});

it('takes several secrets, of which the first signs', () => {
  const config = loadConfig({ DATA_DIR: dataDir, JWT_SECRET: ` ${SECRET}1, ${SECRET}2 ,`, ENCRYPTION_KEY: SECRET });
  expect(config.jwtSecrets).toEqual([`${SECRET}1`, `${SECRET}2`]);
});

it('treats an empty variable as one that is not set', () => {
  expect(loadConfig({ DATA_DIR: dataDir, PORT: '', DATABASE_URL: '  ', SMTP_URL: '' })).toMatchObject({
    port: 3000,
    databaseUrl: undefined,
    smtpUrl: undefined,
  });
});

it.each([
  ['open', { kind: 'open' }],
  ['invite', { kind: 'invite' }],
  ['closed', { kind: 'closed' }],
  ['example.test', { kind: 'domains', domains: ['example.test'] }],
  ['Example.test, other.test', { kind: 'domains', domains: ['example.test', 'other.test'] }],
])('reads REGISTRATION=%s', (REGISTRATION, policy) => {
  expect(loadConfig({ DATA_DIR: dataDir, REGISTRATION }).registration).toEqual(policy);
});

it.each([
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '80a'],
  ['PORT', '3000.5'],
  ['PUBLIC_URL', 'chat.example.test'],
  ['PUBLIC_URL', 'javascript:alert(1)'],
  ['DATABASE_URL', 'mysql://x/y'],
  ['SMTP_URL', 'http://mail'],
  ['JWT_SECRET', 'short'],
  ['JWT_SECRET', `${SECRET},short`],
  ['MIGRATE', 'yes'],
  ['REGISTRATION', 'friends only'],
  ['ADMIN_EMAIL', 'boss'],
  ['LOGIN_VERIFICATION', 'sometimes'],
  ['RATE_LIMITS', 'maybe'],
  ['PASSWORD_ROUNDS', '9'],
  ['ACCESS_TOKEN_SECONDS', '0'],
  ['LOG_LEVEL', 'verbose'],
  ['WORKERS', '2'],
  ['REDIS_URL', 'http://localhost'],
  ['REDIS_URL', 'localhost:6379'],
  ['REDIS_URL', 'redis://one,nonsense'],
  ['REDIS_URL', 'redis://one,rediss://two'],
  ['REDIS_PREFIX', 'two words'],
])('refuses %s=%s', (name, value) => {
  expect(refused({ [name]: value })).toEqual([name]);
});

it.each([
  ['redis://:secret@cache:6380/1', ['redis://:secret@cache:6380/1'], false],
  ['rediss://cache?cluster=true', ['rediss://cache?cluster=true'], true],
  ['redis://one:7000, redis://two:7000', ['redis://one:7000', 'redis://two:7000'], true],
])('reads REDIS_URL=%s', (REDIS_URL, urls, cluster) => {
  expect(loadConfig({ DATA_DIR: dataDir, REDIS_URL, REDIS_PREFIX: 'blue' }).redis).toEqual({
    urls,
    cluster,
    prefix: 'blue',
  });
});

it('runs as one process without Redis, and with it as many as there are cores, or as it is told', () => {
  expect(loadConfig({ DATA_DIR: dataDir })).toMatchObject({ redis: undefined, workers: 1 });
  const REDIS_URL = 'redis://localhost';
  expect(loadConfig({ DATA_DIR: dataDir, REDIS_URL }).workers).toBe(availableParallelism());
  expect(loadConfig({ DATA_DIR: dataDir, REDIS_URL, WORKERS: '3' }).workers).toBe(3);
});

const OIDC = { OIDC_ISSUER: 'https://login.example.test/realm', OIDC_CLIENT_ID: 'chatr' };

describe('single sign-on', () => {
  const oidc = (more: Record<string, string> = {}): unknown => loadConfig({ DATA_DIR: dataDir, ...OIDC, ...more }).oidc;

  it('is off where nothing of it is set', () => {
    expect(loadConfig({ DATA_DIR: dataDir, OIDC_ISSUER: '', OIDC_NAME: ' ' }).oidc).toBeUndefined();
  });

  it('needs the provider and the name it knows us by, and nothing else', () => {
    expect(oidc()).toEqual({
      issuer: 'https://login.example.test/realm',
      clientId: 'chatr',
      clientSecret: undefined,
      name: 'single sign-on',
      scopes: 'openid profile email',
      roles: undefined,
      autoRegister: true,
      only: false,
    });
  });

  it('takes the rest as it is given', () => {
    const given = {
      OIDC_CLIENT_SECRET: 's3cret',
      OIDC_NAME: 'Example',
      OIDC_SCOPES: 'openid, email groups',
      OIDC_ROLE_CLAIM: 'groups',
      OIDC_ADMIN_VALUES: 'chatr-admins, owners,',
      OIDC_AUTO_REGISTER: 'off',
      OIDC_ONLY: 'on',
    };
    expect(oidc(given)).toMatchObject({
      clientSecret: 's3cret',
      name: 'Example',
      scopes: 'openid email groups',
      roles: { claim: 'groups', adminValues: ['chatr-admins', 'owners'] },
      autoRegister: false,
      only: true,
    });
  });

  it.each([
    [{ OIDC_ISSUER: OIDC.OIDC_ISSUER }, ['OIDC_CLIENT_ID']],
    [{ OIDC_CLIENT_ID: 'chatr' }, ['OIDC_ISSUER']],
    [{ OIDC_ONLY: 'on' }, ['OIDC_ISSUER', 'OIDC_CLIENT_ID']],
    [{ ...OIDC, OIDC_ROLE_CLAIM: 'groups' }, ['OIDC_ADMIN_VALUES']],
    [{ ...OIDC, OIDC_ADMIN_VALUES: 'admins' }, ['OIDC_ROLE_CLAIM']],
    [{ ...OIDC, OIDC_SCOPES: 'email' }, ['OIDC_SCOPES']],
    [{ ...OIDC, OIDC_ONLY: 'sometimes' }, ['OIDC_ONLY']],
    [{ ...OIDC, OIDC_NAME: 'x'.repeat(41) }, ['OIDC_NAME']],
  ])('refuses %j and names what is missing or wrong', (environment: Record<string, string>, names) => {
    expect(refused(environment)).toEqual(names);
  });

  it.each([
    ['https://login.example.test', false],
    ['http://login.example.test', true],
    ['http://localhost.example.test', true],
    ['http://localhost:9000', false],
    ['http://127.0.0.1:9000', false],
    ['http://[::1]:9000', false],
    ['https://user:password@login.example.test', true],
    ['https://login.example.test/?tenant=1', true],
    ['ftp://login.example.test', true],
  ])('takes %s for its provider only where nobody can listen', (OIDC_ISSUER, isRefused) => {
    expect(refused({ ...OIDC, OIDC_ISSUER })).toEqual(isRefused ? ['OIDC_ISSUER'] : []);
  });

  it('wants TLS in production, from a provider on the same machine too', () => {
    expect(refused({ ...PRODUCTION, ...OIDC })).toEqual([]);
    expect(refused({ ...PRODUCTION, ...OIDC, OIDC_ISSUER: 'http://localhost:9000' })).toEqual(['OIDC_ISSUER']);
  });
});

it('names everything that is wrong at once, and no secret', () => {
  const wrong = { PORT: 'x', MIGRATE: 'x', JWT_SECRET: 'hunter2', DATABASE_URL: 'x://root:hunter2@y' };
  expect(refused(wrong).toSorted()).toEqual(Object.keys(wrong).toSorted());
  expect(() => loadConfig({ DATA_DIR: dataDir, ...wrong })).toThrow(/^((?!hunter2).)*$/s);
});

describe('in production', () => {
  it('takes a full set', () => {
    expect(loadConfig({ DATA_DIR: dataDir, ...PRODUCTION })).toMatchObject({
      production: true,
      publicUrl: 'https://chat.example.test',
      logFormat: 'json',
    });
  });

  it.each(['JWT_SECRET', 'ENCRYPTION_KEY', 'DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL'])('does without no %s', (name) => {
    expect(refused({ ...PRODUCTION, [name]: '' })).toEqual([name]);
  });

  it('does not run without rate limits', () => {
    expect(refused({ ...PRODUCTION, RATE_LIMITS: 'off' })).toEqual(['RATE_LIMITS']);
  });
});
