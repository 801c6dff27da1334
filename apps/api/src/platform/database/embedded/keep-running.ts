import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { endKeeper, isRunning, type Launch, reasonOfEnd, startKeeper } from './keeper-process.js';
import { endLeftovers } from './postmaster.js';

const RENEW_AFTER_MS = 1_000;
/** How far before an end its reason may have been logged. */
const REASON_WITHIN_MS = 30_000;

export interface Listener {
  log: (message: string) => void;
  error: (message: string) => void;
}

/**
 * Watches over a database that has become ready. The keeper starts PostgreSQL again; should the keeper end, another one
 * takes its place at the same port, so that the server, whose connections come back by themselves, need not end with it.
 */
export function keepRunning(first: ChildProcess, launch: Launch, { log, error }: Listener): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const isStopped = (): boolean => stopped.signal.aborted;
  let keeper = first;
  let renewal = Promise.resolve();

  const reason = (how: string): string => {
    if (how === 'SIGKILL') return 'a person killed it, or the system for want of memory'; // which it cannot log
    try {
      return reasonOfEnd(new Date(Date.now() - REASON_WITHIN_MS), launch);
    } catch (failure) {
      return failure instanceof Error ? failure.message : String(failure); // the folder itself is gone
    }
  };

  const watch = (): void => {
    keeper.stdin?.write('ready\n');
    if (keeper.stdout) {
      createInterface({ input: keeper.stdout }).on('line', (how) =>
        error(
          `The embedded database ended (${how}): ${reason(how)}. It is started again. More stands in ${join(launch.cluster, 'log')}.`,
        ),
      );
    }
    const gone = (): void => {
      if (!isStopped()) renewal = renew();
    };
    if (isRunning(keeper)) keeper.once('exit', gone);
    else gone();
  };

  const renew = async (): Promise<void> => {
    error('The process that keeps the embedded database ended. Both are started again.');
    for (;;) {
      await sleep(RENEW_AFTER_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (isStopped()) return;
      try {
        await endLeftovers(launch.cluster, log, 0);
        if (isStopped()) return;
        keeper = startKeeper(launch);
        keeper.once('error', (failure) => error(`The embedded database cannot be started: ${failure.message}.`));
        if (isRunning(keeper)) return watch();
      } catch (failure) {
        error(
          `The embedded database cannot be started: ${failure instanceof Error ? failure.message : String(failure)}.`,
        );
      }
    }
  };

  watch();
  return {
    stop: async () => {
      stopped.abort();
      await renewal;
      await endKeeper(keeper);
    },
  };
}
