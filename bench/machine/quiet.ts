import { setTimeout as sleep } from 'node:timers/promises';
import { machineCpuSeconds } from './proc.js';

const LOOK_MS = 500;
/** Of one core. */
export const DISTURBING = 0.2;

/** Waits until nothing else keeps this machine busy, for a while at most. @returns whether it is quiet now */
export async function untilQuiet(patienceSeconds: number): Promise<boolean> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    const before = machineCpuSeconds();
    await sleep(LOOK_MS);
    if ((machineCpuSeconds() - before) / (LOOK_MS / 1000) < DISTURBING) return true;
    if (Date.now() > deadline) return false;
  }
}
