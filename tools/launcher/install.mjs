// Installs the packages when they are missing or not those of the lock file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './progress.mjs';
import { root, run } from './run.mjs';

/** @returns {Promise<void>} */
export async function installWhenStale() {
  if (isFresh()) return;
  // Errors alone: an older Node is warned about every package that needs the newer one, which then runs it.
  // Shell: npm is a script, which Windows cannot run otherwise.
  await step('installing packages (some minutes on the first run)', () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { shell: process.platform === 'win32' }),
  );
}

/** npm keeps a lock of what it really installed, and writes it last: it is missing after an interrupted installation. */
function isFresh() {
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(
    // Optional packages are for some platforms only, links are our own libraries, and '' is the workspace itself.
    ([path, entry]) =>
      entry.optional || entry.link || !path.startsWith('node_modules/') || installed[path]?.version === entry.version,
  );
}

/** @param {string} lockFile @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }> | undefined} */
function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(join(root, lockFile), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
