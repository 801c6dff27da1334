import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Account, closedParent, isOpenToAll } from './account.js';
import { EmbeddedPostgresError, errorCode, inFolder } from './embedded-postgres-error.js';

/** The programs of one PostgreSQL release. */
export interface PostgresBinaries {
  /** For example 18: clusters of another major version cannot be opened. */
  majorVersion: number;
  postgres: string;
  initdb: string;
  pgCtl: string;
}

/** Where root's server keeps what `nobody` must reach and cannot reach where it is. */
export const SHARED_STATE = '/var/lib/chatr';

/**
 * Finds the PostgreSQL that npm installed for this platform and makes it runnable for `account`.
 * @throws EmbeddedPostgresError when there is none for this platform
 */
export function findBinaries(account: Account | undefined): PostgresBinaries {
  const packageRoot = findPackage();
  hydrateSymlinks(packageRoot);
  const version = packageVersion(packageRoot);
  const native = account ? reachableCopy(join(packageRoot, 'native'), version) : join(packageRoot, 'native');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(native, 'bin', name + suffix);
  return {
    majorVersion: Number.parseInt(version, 10),
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
  };
}

function findPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // The package exports dist/index.js alone; its root is the folder above.
    return dirname(dirname(realpathSync(createRequire(import.meta.url).resolve(name))));
  } catch (error) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${system}-${process.arch}: the package ${name} is not installed. ` +
        'Run `npm ci` with optional dependencies on, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}

function packageVersion(packageRoot: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new EmbeddedPostgresError(`${packageRoot}/package.json has no version: run \`npm ci\` again.`);
}

/**
 * npm cannot pack symbolic links, so the package lists them and makes them when it is installed. Where install scripts
 * are switched off that never happened, and the programs do not find their libraries.
 */
function hydrateSymlinks(packageRoot: string): void {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageRoot, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(source.slice(dirname(target).length + 1), link);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue; // another start was faster
      throw new EmbeddedPostgresError(
        `The embedded PostgreSQL is not whole and ${link} cannot be made: run \`npm ci\`.`,
        {
          cause: error,
        },
      );
    }
  }
}

/** The folder itself where every account can run what is in it, else a copy that is made once for each version. */
function reachableCopy(native: string, version: string): string {
  const program = join(native, 'bin', 'postgres');
  if (closedParent(program) === undefined && isOpenToAll(program)) return native;
  const copy = join(SHARED_STATE, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  inFolder(SHARED_STATE, () => {
    mkdirSync(SHARED_STATE, { recursive: true });
    chmodSync(SHARED_STATE, 0o755);
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'a+rX', unfinished]);
    if (existsSync(copy)) rmSync(unfinished, { recursive: true });
    else renameSync(unfinished, copy);
  });
  return copy;
}
