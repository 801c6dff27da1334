// The launchers run under any Node a machine has; the workspace needs a newer one, which npm installs beside it.
import { existsSync, realpathSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './run.mjs';

const MINIMUM = [24, 15];

/**
 * Returns in a process that is new enough, with the workspace's programs first on its PATH. In an older one it runs the
 * same program again under the workspace's Node and never returns.
 * @returns {Promise<void>}
 */
export async function continueUnderOwnNode() {
  const programs = join(root, 'node_modules', '.bin');
  process.env.PATH = `${programs}${delimiter}${process.env.PATH ?? ''}`;
  if (isNewEnough(process.versions.node)) return;

  const own = ownNode();
  if (own === undefined) {
    throw new Error(
      `Chatr needs Node ${MINIMUM.join('.')} or newer, and this is ${process.versions.node}. No package brings one for ` +
        `${process.platform}-${process.arch}: install it from https://nodejs.org and start again.`,
    );
  }
  process.exit(await handOver(own));
}

/** @param {string} version for example 24.15.0 */
function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
}

function ownNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const path = join(
    root,
    'node_modules',
    `node-${system}-${process.arch}`,
    'bin',
    system === 'win' ? 'node.exe' : 'node',
  );
  return existsSync(path) ? realpathSync(path) : undefined;
}

/** @param {string} node @returns {Promise<number>} the exit code */
function handOver(node) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
    // A terminal sends Ctrl-C to both; other signals come to this process alone. Ours is to wait for the other.
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    process.on('SIGINT', () => child.kill('SIGINT'));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
