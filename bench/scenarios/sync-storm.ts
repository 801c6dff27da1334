import { setTimeout as sleep } from 'node:timers/promises';
import { closedLoopCount } from '../load/loops.js';
import type { Figures, Run } from '../load/run.js';
import { socketIo } from '../load/socket-io-client.js';
import { PAST } from '../world.js';
import type { Scenario } from './scenario.js';

const CLIENTS = 2_000;
const MEMBERS = 20;
const MISSED = 100;
/** Connections and syncs that are under way at once: a storm, but one that a listen queue holds. */
const AT_ONCE = 200;
/** Of a chat with its past: one change for its making, one for each message. */
const VERSION = PAST + 1;
const PATIENCE_MS = 60_000;

interface Sync {
  ok: boolean;
  error?: { code: string; retryAfter?: number };
  cursor: string;
  hasMore: boolean;
  chats: Record<string, { version: number; hasMore: boolean; limited: boolean; items: { seq: number }[] }>;
}

/** A network comes back, and with it everybody at once. */
export const syncStorm: Scenario = {
  name: 'sync-storm',
  description: `${CLIENTS} clients were away for ${MISSED} messages each, connect and sync all at once: until the last has everything`,
  plan: () => ({
    people: CLIENTS,
    chats: Array.from({ length: CLIENTS / MEMBERS }, (_, group) => ({
      kind: 'group',
      members: Array.from({ length: MEMBERS }, (_member, place) => group * MEMBERS + place),
      messages: PAST,
    })),
  }),
  drive: async (run) => {
    const everybody = run.world.people.map((_, person) => person);
    await run.connect(everybody, AT_ONCE);
    const cursors = new Map<number, string>();
    await inParallel(everybody, async (person) => {
      cursors.set(person, (await sync(run, person, undefined, {})).cursor);
    });
    run.disconnect(everybody.filter((person) => person % MEMBERS !== 0));
    const streams = run.world.chats.map((_, group) => run.stream(group, group * MEMBERS));
    await closedLoopCount(run, streams, MISSED);
    run.disconnect();
    await sleep(1_000);

    const more: Figures = {};
    const storm = async (): Promise<void> => {
      const startedAt = performance.now();
      await inParallel(everybody, (person) =>
        // The storm begins for all of them at once: who must wait to be let in waits.
        run.request(startedAt, async () => {
          await run.connect([person], 1);
          await catchUp(run, person, cursors.get(person));
        }),
      );
      more['s until all had everything'] = (performance.now() - startedAt) / 1000;
    };
    return [await run.measure('', storm, more)];
  },
};

/** @throws Error when something is missing in the end, or came twice */
async function catchUp(run: Run, person: number, cursor: string | undefined): Promise<void> {
  const { id } = run.chat(Math.floor(person / MEMBERS));
  const seqs = new Set<number>();
  let version = VERSION;
  for (let more = true; more;) {
    const answer = await sync(run, person, cursor, { [id]: version });
    const changes = answer.chats[id];
    if (changes === undefined || changes.limited) throw new Error('sync does not tell what was missed');
    for (const { seq } of changes.items) {
      if (seqs.has(seq)) throw new Error(`sync tells of message ${seq} twice`);
      seqs.add(seq);
    }
    ({ version } = changes);
    more = changes.hasMore;
  }
  if (seqs.size !== MISSED) throw new Error(`after sync there are ${seqs.size} of ${MISSED} messages`);
}

/** Asks again, as clients do, when the server says that it has too much to do. */
async function sync(
  run: Run,
  person: number,
  cursor: string | undefined,
  chats: Record<string, number>,
): Promise<Sync> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = (await socketIo(run.connection(person)).request('sync', { cursor, chats })) as Sync;
    if (answer.ok) return answer;
    const { code = 'unknown', retryAfter } = answer.error ?? {};
    if (retryAfter === undefined || performance.now() > deadline) throw new Error(`sync was refused: ${code}`);
    run.refused();
    await sleep(retryAfter * 1000 * (0.5 + Math.random()));
  }
}

async function inParallel(people: readonly number[], work: (person: number) => Promise<void>): Promise<void> {
  const queue = [...people];
  const worker = async (): Promise<void> => {
    for (let person = queue.shift(); person !== undefined; person = queue.shift()) await work(person);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
