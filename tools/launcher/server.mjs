// Runs the built server in the foreground and ends with it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** One Ctrl-C comes several times: from the terminal, and from each npm between it and us. */
const SAME_SIGNAL_MS = 500;

/**
 * @param {readonly string[]} args handed on to the server
 * @returns {Promise<number>} its exit code; 0 when it ended because it was told to
 */
export function runServer(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        '--enable-source-maps',
        ...(existsSync(join(root, '.env')) ? ['--env-file=.env'] : []),
        '--import',
        new URL('./end-with-launcher.mjs', import.meta.url).href,
        join('apps', 'api', 'dist', 'main.js'),
        ...args,
      ],
      // Out of the terminal's reach, so that Ctrl-C comes to it once, through us.
      { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true },
    );

    let stoppedAt = 0;
    const stop = () => {
      if (Date.now() - stoppedAt < SAME_SIGNAL_MS) return;
      const force = stoppedAt !== 0;
      stoppedAt = Date.now();
      if (force) console.log('Ending at once.');
      child.kill(force ? 'SIGKILL' : 'SIGTERM');
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const asTold = stoppedAt !== 0 && (code === 0 || signal === 'SIGTERM' || signal === 'SIGINT');
      resolve(asTold ? 0 : (code ?? 1));
    });
  });
}
