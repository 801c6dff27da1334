// What `npm test` consists of. A stage runs programs and says where their counts of tests are.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, runNx } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureRedis } from './redis.mjs';
import { CommandFailed, root, run, runTool } from './run.mjs';
import { step } from './progress.mjs';

const RESULTS = join(root, '.cache', 'test-results');
const UNIT_PROJECTS = ['apps/api', 'libs/client', 'apps/web', 'bench', 'faults'];

/** Each has every file of its folder, the tests included; web templates are checked by its build. */
const TYPE_CHECKED = [
  'libs/contracts/tsconfig.json',
  'libs/client/tsconfig.spec.json',
  'apps/api/tsconfig.spec.json',
  'apps/api-e2e/tsconfig.json',
  'apps/web/tsconfig.spec.json',
  'apps/web-e2e/tsconfig.json',
  'bench/tsconfig.json',
  'faults/tsconfig.json',
];

/** @typedef {{ passed: number, failed: number }} Count */

/** @type {Record<string, { title: string, run: () => Promise<Count> }>} */
export const STAGES = {
  check: { title: 'Checks', run: check },
  build: { title: 'Build', run: () => build().then(() => ({ passed: 0, failed: 0 })) },
  unit: { title: 'Unit tests', run: () => runJest(UNIT_PROJECTS) },
  api: { title: 'API tests: a real server on a real PostgreSQL', run: () => runJest(['apps/api-e2e']) },
  faults: { title: 'Faults: two nodes on real parts, broken at random', run: runFaults },
  web: { title: 'Browser tests', run: runPlaywright },
};

/** Runs every check, so that one look tells all there is to mend. @returns {Promise<Count>} */
async function check() {
  const checks = {
    formatting: () => runTool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
    // The others read the types of the libraries, and the shapes of the API that its build writes down.
    'types that others need': () => runNx(['run-many', '-t', 'build', '-p', 'contracts,client,api']),
    ...Object.fromEntries(
      TYPE_CHECKED.map((project) => [
        `types of ${project}`,
        () => runTool('typescript/bin/tsc', ['--noEmit', '-p', project]),
      ]),
    ),
    'contracts as the API has them': () => runScript('generate-contracts.mjs', '--check'),
    // Without a cache: what the rules say of a file depends on the types of others.
    linting: () => runTool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']),
    'who imports whom': () =>
      runTool('dependency-cruiser/bin/dependency-cruiser.mjs', [
        '--config',
        '.dependency-cruiser.mjs',
        'apps',
        'libs',
        'faults',
        'bench',
      ]),
    'unused code and packages': () => runTool('knip/bin/knip.js', ['--no-config-hints']),
  };
  const failures = [];
  for (const [title, work] of Object.entries(checks)) {
    await step(title, work).catch((error) => failures.push(`${title}: ${error.message}`));
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return { passed: 0, failed: 0 };
}

/** @param {string} script below tools @param {readonly string[]} options */
function runScript(script, ...options) {
  return run(process.execPath, [join('tools', script), ...options]);
}

/** @param {readonly string[]} projects @returns {Promise<Count>} */
async function runJest(projects) {
  const total = { passed: 0, failed: 0 };
  for (const project of projects) {
    const file = resultFile(project);
    const crashed = await endsBadly(runScript('jest.mjs', project, '--json', `--outputFile=${file}`));
    const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = readResult(file);
    add(total, { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites }, crashed);
  }
  return total;
}

/** One run whose faults are the same each time, and of nearly every kind, and one that chance decides. @returns {Promise<Count>} */
async function runFaults() {
  await ensureRedis();
  const total = { passed: 0, failed: 0 };
  for (const options of [
    ['--seed', '240', '--minutes', '0.7'],
    ['--minutes', '0.5'],
  ]) {
    const failed = await endsBadly(runScript('faults.mjs', ...options));
    add(total, { passed: failed ? 0 : 1, failed: failed ? 1 : 0 }, false);
  }
  return total;
}

/** @returns {Promise<Count>} */
async function runPlaywright() {
  await ensureChromium();
  const file = resultFile('apps/web-e2e');
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const crashed = await endsBadly(
    runTool('@playwright/test/cli.js', ['test', '--config', 'apps/web-e2e/playwright.config.ts'], { env }),
  );
  const { expected = 0, unexpected = 0, flaky = 0 } = readResult(file).stats ?? {};
  const total = { passed: 0, failed: 0 };
  add(total, { passed: expected, failed: unexpected + flaky }, crashed);
  return total;
}

/** A run that ended badly without a failed test to show for it counts as one. */
function add(total, { passed, failed }, crashed) {
  total.passed += passed;
  total.failed += crashed && failed === 0 ? 1 : failed;
}

/** Where a runner writes its counts; what an earlier run wrote there is gone. @param {string} project */
function resultFile(project) {
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, `${project.replaceAll('/', '-')}.json`);
  rmSync(file, { force: true });
  return file;
}

/** @param {string} file */
function readResult(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** @param {Promise<void>} running @returns {Promise<boolean>} */
async function endsBadly(running) {
  try {
    await running;
    return false;
  } catch (error) {
    if (error instanceof CommandFailed) return true;
    throw error;
  }
}
