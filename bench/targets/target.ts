import type { Postgres } from '../machine/postgres.js';
import type { World, WorldPlan } from '../world.js';

/** What a target may stand on. */
export interface Ground {
  /** Starts with the first target that wants it. */
  postgres: Postgres;
  /** An empty database, and only this target's. */
  databaseUrl: string;
  /** A folder that is deleted afterwards. */
  folder: string;
  /** Set, with `workers`, where the scenario is about several processes. */
  redisUrl?: string;
  workers?: number;
}

/** How the load speaks to a target. */
export type ProtocolName = 'socket.io' | 'xmpp' | 'none';

/** What the load has to know of a server that runs. */
export interface Address {
  protocol: ProtocolName;
  port: number;
  databaseUrl: string;
}

export interface RunningTarget extends Address {
  world: World;
  /** With everything that it started; 0 where there is no server. */
  pid: number;
  /** Where Node's debugger can be asked for; undefined for what is not Node. */
  inspectPort?: number;
  stop(): Promise<void>;
}

/** A server that can be measured. One file each, beside this one. */
export interface Target {
  readonly name: string;
  /** In one line, for the report. */
  readonly description: string;
  /** The scenarios that make sense for it. */
  readonly scenarios: readonly string[];
  /** @returns what to do, in a sentence, where it cannot run here */
  unavailable?(): string | undefined;
  /** Starts the server and makes the people and chats of the plan. */
  start(ground: Ground, plan: WorldPlan): Promise<RunningTarget>;
}
