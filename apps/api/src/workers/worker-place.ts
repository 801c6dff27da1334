import { rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where a worker stands among those of its machine. */
export interface WorkerPlace {
  /** From 1. A worker that replaces another one takes its slot. */
  slot: number;
  count: number;
  /** The folder of the sockets by which the workers reach each other. */
  folder: string;
}

const VARIABLES = { slot: 'CHATR_WORKER', count: 'CHATR_WORKER_COUNT', folder: 'CHATR_WORKER_FOLDER' } as const;

/** How the primary tells a worker its place: workers get nothing but an environment. */
export function placeToEnvironment({ slot, count, folder }: WorkerPlace): NodeJS.ProcessEnv {
  return { [VARIABLES.slot]: String(slot), [VARIABLES.count]: String(count), [VARIABLES.folder]: folder };
}

export function placeFromEnvironment(environment: NodeJS.ProcessEnv = process.env): WorkerPlace {
  return {
    slot: Number(environment[VARIABLES.slot]),
    count: Number(environment[VARIABLES.count]),
    folder: environment[VARIABLES.folder] ?? '',
  };
}

/** Where the worker of a slot listens for the others. */
export function socketPath({ folder }: WorkerPlace, slot: number): string {
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\${folder.replaceAll(/[\\/:]/g, '-')}-${slot}`
    : join(folder, `${slot}.sock`);
}

/** For a worker that ends. The last one takes the folder along, which its primary cannot do any more when it was killed. */
export function leaveFolder(place: WorkerPlace): void {
  if (process.platform === 'win32') return;
  try {
    rmSync(socketPath(place, place.slot), { force: true });
    rmdirSync(place.folder);
  } catch {
    // Others are still in it, or it is gone already.
  }
}
