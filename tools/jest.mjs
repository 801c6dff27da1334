// Runs the tests of one project: `node tools/jest.mjs apps/api [options of jest]`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [project, ...options] = process.argv.slice(2);
if (project === undefined) {
  console.error('Say which project: node tools/jest.mjs apps/api');
  process.exit(2);
}

const config = join(root, project, 'jest.config.mjs');
const { default: settings } = await import(pathToFileURL(config).href);
// ESM runs through Node's vm modules, which Node calls experimental at every start. Angular's tests run as CommonJS.
const nodeOptions = settings.extensionsToTreatAsEsm
  ? ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  : [];
const jest = join(root, 'node_modules/jest/bin/jest.js');
const { status, signal } = spawnSync(process.execPath, [...nodeOptions, jest, '--config', config, ...options], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? (signal ? 130 : 1));
