/**
 * Ends what a run has started when the run is gone, however that ended: the run holds the other end of this process' standard
 * input, which the system closes even after a kill -9. Lines are `+GROUP`, `-GROUP`, and `=FOLDER` for one to delete. A program of its
 * own; it imports nothing of ours.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const groups = new Set<number>();
const folders = new Set<string>();
const lines = createInterface({ input: process.stdin });

lines.on('line', (line) => {
  const rest = line.slice(1);
  if (line.startsWith('=')) folders.add(rest);
  else if (line.startsWith('+')) groups.add(Number(rest));
  else groups.delete(Number(rest));
});
lines.on('close', () => {
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  // The processes of a killed database end by and by, and write until they have.
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  process.exit(0);
});
// Ctrl-C goes to everybody at the terminal; the run ends in order then, and this with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
