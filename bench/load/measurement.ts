import { DISTURBING } from '../machine/quiet.js';
import type { Percentiles } from './histogram.js';
import type { Counts } from './ledger.js';

/** One figure for each of the three that share the machine. */
export interface Shares {
  server: number;
  database: number;
  load: number;
}

/** What one step of one run came to. Times are in milliseconds unless they say otherwise. */
export interface Measurement {
  /** What sets it apart from the others of its scenario, such as `500/s`; empty where it is the only one. */
  step: string;
  seconds: number;
  /** How long after that the last answer or delivery was still awaited. */
  settleMs: number;
  /** Messages that the server acknowledged, or requests that it answered. */
  messagesPerSecond: number;
  deliveriesPerSecond: number;
  /** From the moment at which it was to be sent, to the acknowledgement. */
  acknowledged?: Percentiles;
  /** From the moment at which it was to be sent, to each receiver. */
  delivered?: Percentiles;
  /** How late the load itself was in sending, which is part of the two above. */
  lateness?: Percentiles;
  cpuSeconds: Shares;
  /** What anything else on this machine took meanwhile: where that is much, the figures say little. */
  othersCpuSeconds: number;
  /** CPU time for each acknowledged message, in microseconds. */
  cpuMicros?: Shares;
  rssBytes: { server: number; serverPeak: number };
  counts: Counts & {
    /** The server answered that it would not now, and was asked again. */
    refused: number;
    /** Connections that broke, messages without an answer, requests that failed. */
    errors: number;
  };
  /** Figures of one scenario alone; their names say what they are. */
  more: Record<string, number>;
}

/** Whether something else was busy on this machine while this was measured. */
export function wasDisturbed({ othersCpuSeconds, seconds }: Measurement): boolean {
  return othersCpuSeconds / seconds > DISTURBING;
}
