import { Random } from './random.js';

/** What is done to the system. Times are milliseconds; doors and households are numbers from 0. */
export type Fault =
  /** `kill -9`: the node is started again after `downMs`. */
  | { kind: 'node-kill'; node: number; downMs: number }
  /** SIGSTOP, and SIGCONT after `forMs`: it hangs, and then goes on as if nothing had been. */
  | { kind: 'node-pause'; node: number; forMs: number }
  /** One node after the other drains, ends and starts again. */
  | { kind: 'rolling-restart' }
  /** `immediate` is PostgreSQL's own way of ending without a checkpoint; `kill` gives it no chance to say anything. */
  | { kind: 'postgres-kill'; how: 'immediate' | 'kill'; downMs: number }
  | { kind: 'redis-kill'; downMs: number }
  /** The connections of these clients end. */
  | { kind: 'cut'; doors: number[] }
  /** The connections of these clients stay open and carry nothing, in either direction, ever again. */
  | { kind: 'half-open'; doors: number[] }
  /** All that these clients and the server say to each other arrives late. */
  | { kind: 'slow'; doors: number[]; delayMs: number; forMs: number }
  /** The clock of these clients is set. */
  | { kind: 'clock-jump'; household: number; byMs: number }
  /** Clients send what they have sent before, and things twice at the same time, under the same `clientId`. */
  | { kind: 'duplicates'; household: number };

export type FaultKind = Fault['kind'];

/** A fault and its moment, in milliseconds from the beginning of the run. */
export type PlannedFault = { id: number; atMs: number } & Fault;

export interface Scene {
  seed: number;
  durationMs: number;
  nodes: number;
  doors: number;
  households: number;
  redis: boolean;
}

/** Between one fault and the next; on average a fault every four and a half seconds. */
const GAP_MS = { from: 1_500, to: 7_500 };

const WEIGHTS: Readonly<Record<FaultKind, number>> = {
  'node-kill': 10,
  'node-pause': 10,
  'rolling-restart': 4,
  'postgres-kill': 8,
  'redis-kill': 8,
  cut: 16,
  'half-open': 12,
  slow: 12,
  'clock-jump': 8,
  duplicates: 12,
};

/** Everything that will be done to the system, from the seed alone. */
export function planFaults(scene: Scene): PlannedFault[] {
  const random = new Random(scene.seed).fork('faults');
  const weights = { ...WEIGHTS, ...(scene.redis ? {} : { 'redis-kill': 0 }) };
  const faults: PlannedFault[] = [];
  for (;;) {
    const atMs = (faults.at(-1)?.atMs ?? 0) + random.integer(GAP_MS.from, GAP_MS.to);
    if (atMs >= scene.durationMs) return faults;
    faults.push({ id: faults.length + 1, atMs, ...faultOf(random.weighted(weights), random, scene) });
  }
}

function faultOf(kind: FaultKind, random: Random, scene: Scene): Fault {
  switch (kind) {
    case 'node-kill':
      return { kind, node: random.integer(0, scene.nodes - 1), downMs: random.integer(0, 4_000) };
    case 'node-pause':
      return { kind, node: random.integer(0, scene.nodes - 1), forMs: random.integer(2_000, 20_000) };
    case 'rolling-restart':
      return { kind };
    case 'postgres-kill':
      return { kind, how: random.chance(0.5) ? 'immediate' : 'kill', downMs: random.integer(500, 5_000) };
    case 'redis-kill':
      return { kind, downMs: random.integer(500, 10_000) };
    case 'cut':
    case 'half-open':
      return { kind, doors: someDoors(random, scene) };
    case 'slow':
      return {
        kind,
        doors: someDoors(random, scene),
        delayMs: random.integer(100, 2_500),
        forMs: random.integer(2_000, 12_000),
      };
    case 'clock-jump':
      return { kind, household: random.integer(0, scene.households - 1), byMs: random.integer(-3_600_000, 3_600_000) };
    case 'duplicates':
      return { kind, household: random.integer(0, scene.households - 1) };
  }
}

/** Mostly a few, sometimes everybody: a client's network, or the balancer itself. */
function someDoors(random: Random, { doors }: Scene): number[] {
  const all = Array.from({ length: doors }, (_, door) => door);
  const count = random.chance(0.15) ? doors : random.integer(1, Math.max(1, Math.ceil(doors / 4)));
  return random.shuffled(all).slice(0, count);
}
