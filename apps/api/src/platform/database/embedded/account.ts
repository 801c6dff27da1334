import { chmodSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The account PostgreSQL runs as, where that is another one than this server's. */
export interface Account {
  uid: number;
  gid: number;
}

/** `nobody` (or what stands in its place) on every Linux and BSD: no file of the system belongs to it. */
const NOBODY: Account = { uid: 65534, gid: 65534 };

const OTHERS_ENTER = 0o001;
const OTHERS_READ_AND_ENTER = 0o005;

/** PostgreSQL refuses to run as root, so root's server runs it as `nobody`; anyone else runs it as themselves. */
export function postgresAccount(): Account | undefined {
  return process.getuid?.() === 0 ? NOBODY : undefined;
}

/**
 * The first folder on the way from the root to `path` that `nobody` cannot enter, or undefined.
 * @param path an absolute path without symbolic links; it is itself not looked at
 */
export function closedParent(path: string): string | undefined {
  const parent = dirname(path);
  if (parent === path) return undefined;
  const above = closedParent(parent);
  if (above !== undefined) return above;
  return (statSync(parent).mode & OTHERS_ENTER) === 0 ? parent : undefined;
}

/** Whether everyone may read and run this file or list this folder, its parents aside. */
export function isOpenToAll(path: string): boolean {
  return (statSync(path).mode & OTHERS_READ_AND_ENTER) === OTHERS_READ_AND_ENTER;
}

/** Lets other accounts pass through a folder of ours, without letting them list it. */
export function letOthersPass(folder: string): void {
  const { mode } = statSync(folder);
  if ((mode & OTHERS_ENTER) === 0) chmodSync(folder, (mode & 0o7777) | OTHERS_ENTER);
}
