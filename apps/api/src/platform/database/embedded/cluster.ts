import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Account, closedParent, letOthersPass } from './account.js';
import { type PostgresBinaries, SHARED_STATE } from './binaries.js';
import { EmbeddedPostgresError, inFolder } from './embedded-postgres-error.js';

/** The only role of the cluster. */
export const ROLE = 'chatr';

/** Nothing of the person's shell (PGPORT, PGDATA, a locale that is not installed) may reach PostgreSQL. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMPDIR } = process.env;
  return { PATH, SystemRoot, TEMP, TMPDIR, LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * The cluster of a data folder, made on the first call.
 * @returns the absolute path of its folder, free of symbolic links, and the role's password
 * @throws EmbeddedPostgresError when it cannot be made, is no cluster, or belongs to another major version
 */
export function prepareCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  account: Account | undefined,
  log: (message: string) => void,
): { folder: string; password: string } {
  return inFolder(dataDir, () => {
    const password = readOrMakePassword(dataDir);
    const home = join(dataDir, 'postgres');
    if (existsSync(home)) {
      checkVersion(home, binaries.majorVersion);
    } else {
      if (account) letOthersPass(dataDir);
      removeUnfinished(dataDir);
      log('creating the database cluster');
      createCluster(placeFor(home, account, log), password, binaries, account);
    }
    const folder = realpathSync(home);
    const closed = account && closedParent(folder);
    if (closed) throw unreachable(folder, closed);
    return { folder, password };
  });
}

function readOrMakePassword(dataDir: string): string {
  const file = join(dataDir, 'postgres.password');
  if (!existsSync(file)) {
    if (existsSync(join(dataDir, 'postgres'))) {
      throw new EmbeddedPostgresError(
        `${file} is missing, without which the cluster beside it cannot be opened: restore it.`,
      );
    }
    writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600, flush: true });
  }
  return readFileSync(file, 'utf8').trim();
}

function checkVersion(home: string, majorVersion: number): void {
  const file = join(home, 'PG_VERSION');
  if (!existsSync(file)) {
    throw new EmbeddedPostgresError(
      `${home} is no PostgreSQL cluster (PG_VERSION is missing): restore it from a backup or move it away.`,
    );
  }
  const found = readFileSync(file, 'utf8').trim();
  if (found === String(majorVersion)) return;
  throw new EmbeddedPostgresError(
    `The cluster in ${home} was made by PostgreSQL ${found}, and this server brings PostgreSQL ${majorVersion}. ` +
      'Dump it with the older Chatr, move the folder away and restore the dump, or set DATABASE_URL.',
  );
}

/**
 * Where the new cluster goes: below the data folder. Where `nobody` cannot get there, as below /root, it goes below
 * /var/lib/chatr and the data folder holds a link to it.
 */
function placeFor(home: string, account: Account | undefined, log: (message: string) => void): string {
  if (!account) return home;
  const closed = closedParent(join(realpathSync(dirname(home)), 'postgres'));
  if (closed === undefined) return home;
  try {
    mkdirSync(SHARED_STATE, { recursive: true });
    chmodSync(SHARED_STATE, 0o755);
    const owned = mkdtempSync(join(SHARED_STATE, 'data-'));
    chmodSync(owned, 0o711);
    log(`${closed} is closed to the account PostgreSQL runs as, so the cluster is kept in ${owned}`);
    rmSync(home, { force: true }); // a link whose target is gone
    symlinkSync(join(owned, 'postgres'), home);
    return join(owned, 'postgres');
  } catch (error) {
    throw unreachable(home, closed, error);
  }
}

function unreachable(folder: string, closed: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and the account it runs as instead (nobody) cannot enter ${closed}, which ${folder} is in. ` +
      'Set DATA_DIR to a folder everyone may enter, such as /var/lib/chatr/data, or start the server as an ordinary user.',
    { cause },
  );
}

/** An interrupted `initdb` leaves a folder that is not a cluster yet; it never bears the cluster's name. */
function removeUnfinished(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith('postgres.new-')) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
}

function createCluster(home: string, password: string, binaries: PostgresBinaries, account: Account | undefined): void {
  const staging = mkdtempSync(join(dirname(home), 'postgres.new-'));
  const passwordFile = join(staging, 'password');
  const cluster = join(staging, 'cluster');
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    mkdirSync(cluster, { mode: 0o700 });
    if (account) for (const path of [staging, passwordFile, cluster]) chownSync(path, account.uid, account.gid);
    const result = spawnSync(
      binaries.initdb,
      [
        `--pgdata=${cluster}`,
        `--username=${ROLE}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // PostgreSQL's own rules: no library of the system can change the order of an index by an update.
        '--locale-provider=builtin',
        '--locale=C',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...account, cwd: staging, env: postgresEnvironment(), encoding: 'utf8' },
    );
    if (result.status !== 0) throw initdbFailed(home, result);
    renameSync(cluster, home);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function initdbFailed(home: string, { error, signal, stderr }: SpawnSyncReturns<string>): EmbeddedPostgresError {
  const said = error?.message ?? explain(stderr) ?? `it ended by ${signal ?? 'itself'}`;
  return new EmbeddedPostgresError(`A database cluster cannot be made in ${home}: ${said}.`, { cause: error });
}

/**
 * The line of PostgreSQL's output that says why it gave up, in words a person can act on.
 * @returns undefined where the output names no error
 */
export function explain(output: string): string | undefined {
  if (/No space left on device/.test(output)) return 'the disk is full';
  if (/Read-only file system/.test(output)) return 'the file system is read-only';
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const fatal = lines.filter((line) => /(?:FATAL|PANIC|error|ERROR): /.test(line)).at(-1);
  if (fatal !== undefined) return fatal.replace(/^.*?(?:FATAL|PANIC|error|ERROR):\s+/, '').replace(/\.$/, '');
  // Before it can log, it speaks plainly: "postgres: could not find the database system" and where it looked.
  const plain = lines.findIndex((line) => /^(?:postgres|initdb): /.test(line));
  return plain === -1 ? undefined : lines.slice(plain).join(' ').replace(/\.?$/, '');
}
