import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresError, errorCode, inFolder } from './embedded-postgres-error.js';

/** Held by the one server that may start a database in a data folder. */
export interface DataDirLock {
  release(): void;
}

/**
 * Takes the data folder for this process. A lock that a killed server left behind is taken over. Two servers that take
 * over the same stale lock in the same instant are kept apart by PostgreSQL's own lock on the cluster.
 * @throws EmbeddedPostgresError when a living server has it
 */
export function lockDataDir(dataDir: string): DataDirLock {
  const file = join(dataDir, 'postgres.lock');
  const mine = `${process.pid} ${birthOf(process.pid)}\n`;
  return inFolder(dataDir, () => {
    for (;;) {
      try {
        writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
        return { release: () => releaseOwn(file, mine) };
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw error;
      }
      const holder = readHolder(file);
      if (holder !== undefined) {
        throw new EmbeddedPostgresError(
          `Another Chatr server (process ${holder}) already uses ${dataDir}. Stop it, or set DATA_DIR to another folder.`,
        );
      }
      rmSync(file, { force: true });
    }
  });
}

function releaseOwn(file: string, mine: string): void {
  try {
    if (readFileSync(file, 'utf8') === mine) rmSync(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error; // gone with its folder: as good as released
  }
}

/** The process that holds the lock, undefined when it no longer lives. */
function readHolder(file: string): number | undefined {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const [pid = Number.NaN, birth] = content.trim().split(' ').map(Number);
  return Number.isInteger(pid) && isAlive(pid) && birthOf(pid) === birth ? pid : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM'; // it lives, as somebody else
  }
}

/**
 * When a process began, in clock ticks since boot; 0 where the system does not say. Process ids come back, in containers
 * after each restart, so an id alone does not tell whether the holder still lives.
 */
function birthOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name, which may hold spaces and brackets; the start time is the 22nd.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return 0;
  }
}
