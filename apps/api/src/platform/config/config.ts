import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { ConfigError } from './config-error.js';
import { EnvironmentReader } from './environment-reader.js';
import { keptSecrets } from './kept-secrets.js';
import { type OidcSettings, readOidc } from './oidc-settings.js';
import { readRedis, type RedisSettings } from './redis-settings.js';
import { readSms, type SmsSettings } from './sms-settings.js';

/** Who may register: everybody, the invited, nobody, or everybody at one of these e-mail domains. */
export type RegistrationPolicy =
  { kind: 'open' } | { kind: 'invite' } | { kind: 'closed' } | { kind: 'domains'; domains: readonly string[] };

/** A domain of e-mail addresses, in lower case. */
export const EMAIL_DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** The validated configuration of one server. Every setting comes from the environment (docs/configuration.md). */
export class Config {
  production: boolean;
  port: number;
  host: string;
  /** Where people reach the server, without a slash at the end: links in mail and the allowed CORS origin. */
  publicUrl: string;
  /** Absolute path of the folder that holds what the embedded defaults keep. */
  dataDir: string;
  /** Undefined means the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  /** Undefined means that this process is the only one. */
  redis: RedisSettings | undefined;
  /** How many processes serve on this machine. */
  workers: number;
  /** Undefined means the development mailbox. */
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Undefined means the development mailbox, and in production no text messages. */
  sms: SmsSettings | undefined;
  /** The first signs, all verify. */
  jwtSecrets: readonly string[];
  /** The first encrypts, all decrypt. */
  encryptionKeys: readonly string[];
  /** Express' `trust proxy`: false, a number of hops, or addresses. */
  trustProxy: false | number | string;
  migrate: 'start' | 'off';
  registration: RegistrationPolicy;
  /** When a log-in of somebody without a second factor asks for a mailed code, too. */
  loginVerification: 'off' | 'new-device' | 'always';
  adminEmail: string | undefined;
  /** Undefined means that there is no single sign-on. */
  oidc: OidcSettings | undefined;
  rateLimits: boolean;
  /** Whether strangers' first messages are requests, for people who have not said otherwise. */
  messageRequests: boolean;
  /** bcrypt's cost: 2^n rounds. */
  passwordRounds: number;
  accessTokenSeconds: number;
  /** How long clients get to move to another server once this one is told to stop. */
  drainMs: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  logFormat: 'json' | 'pretty';
}

const MIN_SECRET_LENGTH = 32;

/** Variables of parts that this release does not have: silence would promise what does not happen. */
const NOT_IN_THIS_RELEASE: Readonly<Record<string, string>> = {
  S3_BUCKET: 'is set, but this release stores no files: unset it',
};

/**
 * Reads and validates the environment.
 * @throws ConfigError that names every bad or missing variable at once
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = new EnvironmentReader(environment);
  const production = environment['NODE_ENV'] === 'production';
  const port = read.integer('PORT', 3000, 1, 65535);
  const redis = readRedis(read);
  const config: Config = {
    production,
    port,
    host: read.text('HOST') ?? '127.0.0.1',
    publicUrl: (read.url('PUBLIC_URL', ['http:', 'https:']) ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    dataDir: resolve(read.text('DATA_DIR') ?? '.data'),
    databaseUrl: read.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    redis,
    workers: read.integer('WORKERS', redis === undefined ? 1 : availableParallelism(), 1, 256),
    smtpUrl: read.url('SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: read.text('MAIL_FROM') ?? 'Chatr <chatr@localhost>',
    sms: readSms(read),
    jwtSecrets: read.secrets('JWT_SECRET', MIN_SECRET_LENGTH),
    encryptionKeys: read.secrets('ENCRYPTION_KEY', MIN_SECRET_LENGTH),
    trustProxy: trustProxy(read.text('TRUST_PROXY')),
    migrate: read.choice('MIGRATE', ['start', 'off'], 'start'),
    registration: registrationPolicy(read),
    loginVerification: read.choice('LOGIN_VERIFICATION', ['off', 'new-device', 'always'], 'new-device'),
    adminEmail: read.text('ADMIN_EMAIL')?.toLowerCase(),
    oidc: readOidc(read, production),
    rateLimits: read.choice('RATE_LIMITS', ['on', 'off'], 'on') === 'on',
    messageRequests: read.choice('MESSAGE_REQUESTS', ['on', 'off'], 'off') === 'on',
    passwordRounds: read.integer('PASSWORD_ROUNDS', 12, 10, 16),
    accessTokenSeconds: read.integer('ACCESS_TOKEN_SECONDS', 900, 1, 3600),
    drainMs: read.integer('DRAIN_MS', production ? 5000 : 1000, 0, 120_000),
    logLevel: read.choice('LOG_LEVEL', ['debug', 'info', 'warn', 'error', 'silent'], 'info'),
    logFormat: read.choice('LOG_FORMAT', ['json', 'pretty'], production ? 'json' : 'pretty'),
  };
  for (const [name, message] of Object.entries(NOT_IN_THIS_RELEASE)) {
    if (read.text(name) !== undefined) read.refuse(name, message);
  }
  if (config.workers > 1 && read.text('REDIS_URL') === undefined) {
    read.refuse('WORKERS', 'must be 1 without REDIS_URL: several processes need Redis to tell each other’s people');
  }
  if (config.adminEmail !== undefined && !config.adminEmail.includes('@')) {
    read.refuse('ADMIN_EMAIL', 'must be an e-mail address');
  }
  if (production) refuseDefaults(config, read);
  if (read.problems.length > 0) throw new ConfigError(read.problems);
  return withGeneratedSecrets(config);
}

function refuseDefaults(config: Config, read: EnvironmentReader): void {
  for (const name of ['JWT_SECRET', 'ENCRYPTION_KEY', 'DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL']) {
    const refused = read.problems.some((problem) => problem.name === name);
    if (read.text(name) === undefined && !refused) read.refuse(name, 'must be set with NODE_ENV=production');
  }
  if (!config.rateLimits) read.refuse('RATE_LIMITS', 'may not be off with NODE_ENV=production');
}

function trustProxy(value: string | undefined): Config['trustProxy'] {
  if (value === undefined) return false;
  return /^\d+$/.test(value) ? Number(value) : value;
}

function registrationPolicy(read: EnvironmentReader): RegistrationPolicy {
  const value = read.text('REGISTRATION') ?? 'open';
  if (value === 'open' || value === 'invite' || value === 'closed') return { kind: value };
  const domains = value.split(',').map((domain) => domain.trim().toLowerCase());
  if (!domains.every((domain) => EMAIL_DOMAIN.test(domain))) {
    read.refuse('REGISTRATION', 'must be open, invite, closed, or e-mail domains separated by commas');
  }
  return { kind: 'domains', domains };
}

/** Outside production, secrets that were not given are made once and kept, so that sessions outlive a restart. */
function withGeneratedSecrets(config: Config): Config {
  if (config.jwtSecrets.length > 0 && config.encryptionKeys.length > 0) return config;
  const kept = keptSecrets(config.dataDir);
  return {
    ...config,
    jwtSecrets: config.jwtSecrets.length > 0 ? config.jwtSecrets : [kept.jwtSecret],
    encryptionKeys: config.encryptionKeys.length > 0 ? config.encryptionKeys : [kept.encryptionKey],
  };
}
