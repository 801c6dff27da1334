import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../clock.js';
import type { Options } from '../options.js';
import type { Neighbours } from '../people/neighbours.js';
import type { Credentials } from '../people/protocol.js';
import { Pass } from '../people/rest.js';
import type { History } from '../report/history.js';
import { Random } from '../schedule/random.js';
import type { World } from '../world/world.js';
import { chatsOf, historyOf } from './compare.js';
import type { Evidence } from './evidence.js';
import type { Finding } from './findings.js';
import type { Ledger } from './ledger.js';
import { checkLogs } from './log.js';
import { checkPositions } from './positions.js';
import { checkPresence } from './presence.js';
import { spoil } from './sabotage.js';

const PRESENCE_MS = 30_000;
const POLL_MS = 500;
/** What was committed last must have had the time to become late before late things are no longer looked for. */
const LAST_LATE_MS = 11_000;

interface Scene {
  world: World;
  neighbours: Neighbours;
  people: readonly Credentials[];
  ledger: Ledger;
  history: History;
  options: Options;
  say: (line: string) => void;
}

export interface Audited {
  findings: Finding[];
  /** Messages in all logs. */
  stored: number;
}

/** Looks at everything once more, when all is well and quiet. */
export async function audit(scene: Scene): Promise<Audited> {
  const { neighbours, ledger, people, options, say } = scene;
  const findings: Finding[] = [];
  const began = monotonicMs();

  findings.push(...(await presenceConverges(scene, 'everybody is back')));
  say('comparing every client with the server, and with clients that have just begun');
  const differences = await neighbours.compare(options.sabotage === 'state');
  for (const { kind, device, chatId, against, detail } of differences)
    findings.push({
      check: kind,
      device,
      chatId,
      detail: `against ${against === 'rest' ? 'REST' : 'a fresh client'}: ${detail}`,
    });

  say('reading every log');
  const evidence = await gather(scene);
  spoil(evidence, options.sabotage, ledger, findings);
  const sent = ledger.sent;
  findings.push(...checkLogs(evidence.logs, sent));
  for (const { id } of people)
    findings.push(...checkPositions(id, evidence.chats.get(id) ?? [], evidence.logs, ledger.readingOf(id)));
  await sleep(Math.max(0, began + LAST_LATE_MS - monotonicMs()));

  say('a node dies, and some people leave with it');
  findings.push(...(await presenceAfterDeath(scene)));
  return { findings, stored: [...evidence.logs.values()].reduce((sum, log) => sum + log.length, 0) };
}

/** Every chat's whole log, by somebody who has been in it from the beginning, and everybody's list of chats. */
async function gather({ world, people }: Scene): Promise<Evidence> {
  const url = world.doors.at(-1)?.url ?? '';
  const evidence: Evidence = { logs: new Map(), chats: new Map() };
  for (const person of people) {
    const pass = new Pass(url, person);
    const chats = await chatsOf(url, pass);
    evidence.chats.set(person.id, chats);
    for (const { id, firstSeq } of chats) {
      if (firstSeq === 1 && !evidence.logs.has(id)) evidence.logs.set(id, await historyOf(url, pass, id));
    }
  }
  return evidence;
}

async function presenceConverges({ neighbours, history, options }: Scene, moment: string): Promise<Finding[]> {
  const deadline = monotonicMs() + PRESENCE_MS;
  for (;;) {
    const statuses = await neighbours.statuses();
    if (options.sabotage === 'presence')
      for (const { seen } of statuses.slice(0, 1)) for (const id of Object.keys(seen)) seen[id] = 'offline';
    const findings = checkPresence(statuses);
    if (findings.length === 0 || monotonicMs() > deadline) {
      history.write('presence', { moment, wrong: findings.length });
      return findings.map((finding) => ({
        ...finding,
        detail: `${moment}: ${finding.detail}`,
        at: history.timeOf(monotonicMs()),
      }));
    }
    await sleep(POLL_MS);
  }
}

/** A node is killed and stays away, and some of those who were on it do not come back: nobody is left there who could tell. */
async function presenceAfterDeath(scene: Scene): Promise<Finding[]> {
  const { world, neighbours, people, options, history } = scene;
  const random = new Random(options.seed).fork('leaving');
  const leaving = random.shuffled(people.map(({ id }) => id)).slice(0, Math.ceil(people.length / 3));
  const node = random.pick(world.nodes);
  history.write('node-dies', { node: node.index, leaving });
  const isDead = node.stop('SIGKILL');
  await neighbours.all({ do: 'leave', people: leaving });
  await isDead;
  // Alone, it has to come back for anybody to be told.
  if (world.nodes.length === 1) await node.start();
  await neighbours.becomeQuiet(1_000);
  return presenceConverges(scene, 'after the death of a node');
}
