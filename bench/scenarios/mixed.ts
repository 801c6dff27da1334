import { setTimeout as sleep } from 'node:timers/promises';
import { Histogram } from '../load/histogram.js';
import { HttpClient } from '../load/http-client.js';
import type { Stream } from '../load/ledger.js';
import type { Figures, Run } from '../load/run.js';
import { socketIo } from '../load/socket-io-client.js';
import type { ChatPlan } from '../world.js';
import type { Scenario } from './scenario.js';

const PEOPLE = 500;
const GROUP = 25;
const HISTORY = 200;
/** Five hundred people in an hour, in as many seconds as the run has. */
const PER_SECOND = 500;

interface Actor {
  index: number;
  token: string;
  chat: number;
  stream: Stream;
}

interface Action {
  name: string;
  /** Of a hundred. */
  share: number;
  do: (run: Run, actor: Actor, http: HttpClient) => Promise<unknown>;
}

const ACTIONS: readonly Action[] = [
  {
    name: 'page',
    share: 30,
    do: (run, { chat, token }, http) => http.get(`/api/chats/${run.chat(chat).id}/messages`, token),
  },
  {
    name: 'read',
    share: 40,
    do: (run, { index, chat }) => accepted(run, index, 'message:read', { chatId: run.chat(chat).id, seq: HISTORY }),
  },
  { name: 'chats', share: 12, do: (_run, { token }, http) => http.get('/api/chats', token) },
  {
    name: 'sync',
    share: 6,
    do: (run, { index, chat }) => accepted(run, index, 'sync', { chats: { [run.chat(chat).id]: HISTORY - 20 } }),
  },
  {
    name: 'search for people',
    share: 2,
    do: (_run, { index, token }, http) => http.get(`/api/users?query=person${index}`, token),
  },
  {
    name: 'typing',
    share: 4,
    do: (run, { index, chat }) => accepted(run, index, 'typing:start', { chatId: run.chat(chat).id }),
  },
  { name: 'send', share: 6, do: (run, { stream }) => send(run, stream) },
];

/** What an office does: it reads nine times out of ten. */
export const mixed: Scenario = {
  name: 'mixed',
  description: `${PEOPLE} people online, ${PER_SECOND} actions a second: ${ACTIONS.map(({ name, share }) => `${share} % ${name}`).join(', ')}`,
  plan: () => ({ people: PEOPLE, chats: chatsOf() }),
  drive: async (run, { warmUpSeconds, seconds }) => {
    await run.connect();
    const http = new HttpClient(run.job.address.port);
    const actors = run.world.chats.flatMap(({ members }, chat) =>
      members.map((index) => ({
        index,
        chat,
        token: run.world.people[index]?.token ?? '',
        stream: run.stream(chat, index),
      })),
    );
    await act(run, actors, http, warmUpSeconds);
    await run.settle();
    const more: Figures = {};
    const hour = async (): Promise<void> => {
      Object.assign(more, await act(run, actors, http, seconds));
    };
    const measurement = await run.measure('', hour, more);
    http.close();
    return [measurement];
  },
};

/** Everybody is in a group and in one direct chat. */
function chatsOf(): ChatPlan[] {
  const groups = Array.from({ length: PEOPLE / GROUP }, (_, group): ChatPlan => ({
    kind: 'group',
    members: Array.from({ length: GROUP }, (_member, place) => group * GROUP + place),
    messages: HISTORY,
  }));
  const directs = Array.from({ length: PEOPLE / 2 }, (_, pair): ChatPlan => ({
    kind: 'direct',
    members: [pair, pair + PEOPLE / 2],
    messages: HISTORY,
  }));
  return [...groups, ...directs];
}

/** @returns the 99th percentile of each kind of action, in ms from the moment at which it was due */
async function act(
  run: Run,
  actors: readonly Actor[],
  http: HttpClient,
  seconds: number,
): Promise<Record<string, number>> {
  const latencies = new Map(ACTIONS.map(({ name }) => [name, new Histogram()]));
  const start = performance.now();
  const total = PER_SECOND * seconds;
  const under: Promise<void>[] = [];
  for (let done = 0; done < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - start) * PER_SECOND) / 1000) + 1);
    for (; done < due; done++) {
      const action = chosen(Math.random() * 100);
      const actor = actors[Math.floor(Math.random() * actors.length)];
      if (actor === undefined) continue;
      const dueAt = start + (done * 1000) / PER_SECOND;
      const work = action
        .do(run, actor, http)
        .then(() => latencies.get(action.name)?.record(performance.now() - dueAt));
      under.push(action.name === 'send' ? work.then() : run.request(dueAt, () => work));
    }
    await sleep(1);
  }
  await Promise.all(under);
  return Object.fromEntries([...latencies].map(([name, latency]) => [`${name} p99 ms`, latency.quantile(0.99)]));
}

function chosen(percent: number): Action {
  let sum = 0;
  const found = ACTIONS.find(({ share }) => (sum += share) > percent) ?? ACTIONS[0];
  if (found === undefined) throw new Error('there is nothing to do');
  return found;
}

async function accepted(run: Run, person: number, event: string, payload: object): Promise<void> {
  const answer = (await socketIo(run.connection(person)).request(event, payload)) as { ok: boolean };
  if (!answer.ok) throw new Error(`${event} was refused: ${JSON.stringify(answer)}`);
}

/** The run counts messages itself. */
function send(run: Run, stream: Stream): Promise<void> {
  return new Promise((resolve) => run.send(stream, performance.now(), () => resolve()));
}
