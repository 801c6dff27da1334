// Runs the tests of one project: `node tools/jest.mjs apps/api [options of jest]`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [project, ...options] = process.argv.slice(2);
if (project === undefined) {
  console.error('Say which project: node tools/jest.mjs apps/api');
  process.exit(2);
}

// The workspace is ESM, which jest runs through Node's vm modules; Node calls these experimental at every start.
const nodeOptions = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = join(root, 'node_modules/jest/bin/jest.js');
const { status, signal } = spawnSync(
  process.execPath,
  [...nodeOptions, jest, '--config', join(root, project, 'jest.config.mjs'), ...options],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? (signal ? 130 : 1));
