// Builds what a start needs when sources changed. Whether they did is read off names, sizes and times in milliseconds, so
// that a start with nothing to build does not even start the build tool.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { step } from './progress.mjs';
import { root, runTool } from './run.mjs';

const FINGERPRINT = join(root, '.cache', 'build-fingerprint');
const SOURCES = ['apps/api', 'apps/web', 'libs', 'tools', 'package-lock.json', 'nx.json', 'tsconfig.base.json'];
/** Made by builds and tests, or read by neither. */
const NOT_SOURCES = /(^|\/)(node_modules|dist|\.angular|metadata\.ts)$|\.spec\.ts$/;
const RESULTS = ['apps/api/dist/main.js', 'apps/web/dist/browser/index.html'];

/** @returns {Promise<void>} */
export async function buildWhenStale() {
  const fingerprint = fingerprintOf(SOURCES);
  if (readFingerprint() === fingerprint && RESULTS.every((path) => existsSync(join(root, path)))) return;
  await step('building', build);
  mkdirSync(dirname(FINGERPRINT), { recursive: true });
  writeFileSync(FINGERPRINT, fingerprint);
}

/** Builds every project; what did not change since comes from the cache. @returns {Promise<void>} */
export function build() {
  return runNx(['run-many', '-t', 'build']);
}

/** @param {readonly string[]} args @returns {Promise<void>} */
export function runNx(args) {
  // No daemon: it would be a process that keeps running after us.
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
  return runTool('nx/dist/bin/nx.js', [...args, '--outputStyle=static'], { env });
}

function readFingerprint() {
  return existsSync(FINGERPRINT) ? readFileSync(FINGERPRINT, 'utf8') : undefined;
}

/** @param {readonly string[]} paths */
function fingerprintOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, join(root, path));
  return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} path */
function addTo(hash, path) {
  if (NOT_SOURCES.test(path) || !existsSync(path)) return;
  const found = statSync(path);
  if (found.isDirectory()) for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
  else hash.update(`${relative(root, path)}\0${found.size}\0${found.mtimeMs}\n`);
}
