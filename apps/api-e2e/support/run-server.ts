import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Environment } from './server.js';

const MAIN = join(import.meta.dirname, '../../api/dist/main.js');
const PATIENCE_MS = 30_000;

/** How a server ended that was not expected to start. */
export interface Ending {
  /** Null when it had to be killed: it did start, or hung. */
  code: number | null;
  output: string;
}

/** Starts a server that is expected to give up, with these settings and no others, and waits for its end. */
export async function runServer(env: Environment): Promise<Ending> {
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(impatience);
  return { code, output };
}
