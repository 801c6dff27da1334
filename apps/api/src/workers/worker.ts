import cluster from 'node:cluster';
import { READY } from './worker-pool.js';

/** Whether this process is one of several that a primary has started. */
export function isWorker(): boolean {
  return cluster.isWorker;
}

/** Tells the primary that this worker serves. */
export function tellReady(): void {
  process.send?.(READY);
}

/** Calls back when this worker is to stop: it is told to, or the primary is gone, even by a kill -9. At most once. */
export function onStop(stop: () => void): void {
  let told = false;
  const once = (): void => {
    if (!told) stop();
    told = true;
  };
  // Ctrl-C comes from the terminal and from the primary.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, once);
  cluster.worker?.once('disconnect', () => {
    // Node would end the process at once otherwise.
    if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
    once();
  });
}
