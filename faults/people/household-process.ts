/** A process with clients in it, and a wall clock of its own. A program: it is told what to do over the channel it was started with. */
import { type ChatState, settledDifferences, shownBy, shownByFreshClient, storedFor } from '../checks/compare.js';
import { monotonicMs } from '../clock.js';
import { Random } from '../schedule/random.js';
import { Device } from './device.js';
import { Habits } from './habits.js';
import type { Demand, DeviceSpec, Difference, FromHousehold, Observation, Reply, ToHousehold } from './protocol.js';
import { Repeater } from './repeater.js';
import { Pass } from './rest.js';
import { setWallClock, takeOverWallClock } from './wall-clock.js';

/** Observations go out together, this often. */
const REPORT_MS = 50;
/** Receipts take a moment; what differs after this long goes on differing. */
const AGREE_MS = 15_000;

interface Inhabitant {
  device: Device;
  repeater: Repeater;
  habits?: Habits;
}

const inhabitants: Inhabitant[] = [];
let random = new Random(0);
let people: readonly string[] = [];
let gathered: Observation[] = [];

function send(message: FromHousehold): void {
  if (process.connected) process.send?.(message);
}

function observe(observation: Observation): void {
  if (gathered.length === 0) setTimeout(flush, REPORT_MS);
  gathered.push(observation);
}

function flush(): void {
  const observations = gathered;
  gathered = [];
  if (observations.length > 0) send({ observations });
}

async function obey(demand: Demand): Promise<Reply> {
  switch (demand.do) {
    case 'open':
      setWallClock(demand.skewMs);
      random = new Random(demand.devices[0]?.seed ?? 0).fork('household');
      await Promise.all(demand.devices.map(moveIn));
      return {};
    case 'work':
      people = demand.neighbourhood.people.map(({ id }) => id);
      for (const inhabitant of inhabitants) {
        inhabitant.habits = new Habits(inhabitant.device, inhabitant.repeater, demand.neighbourhood);
        void inhabitant.habits.work();
      }
      return {};
    case 'rest':
      for (const { habits } of inhabitants) habits?.rest();
      return {};
    case 'set-clock':
      setWallClock(demand.byMs);
      return {};
    case 'duplicate':
      void Promise.all(inhabitants.map(({ repeater }) => repeater.repeat(random)));
      return {};
    case 'status':
      return { statuses: inhabitants.map(({ device }) => ({ ...device.status(), seen: presences(device) })) };
    case 'compare':
      return { differences: await compare(demand.spoiled) };
    case 'leave':
      for (const { device } of inhabitants)
        if (demand.people.includes(device.spec.person.id)) device.client.disconnect();
      return {};
    case 'end':
      for (const { device } of inhabitants) device.close();
      flush();
      setTimeout(() => process.exit(0), 100);
      return {};
  }
}

async function moveIn(spec: DeviceSpec): Promise<void> {
  const device = new Device(spec, observe);
  await device.open();
  inhabitants.push({ device, repeater: new Repeater(device) });
}

function presences({ client }: Device): Record<string, string> {
  return Object.fromEntries(people.map((id) => [id, client.store.presence(id)?.status ?? 'unknown']));
}

/** State after everything = what the server tells = what a client shows that has just begun. */
async function compare(spoiled: boolean): Promise<Difference[]> {
  const found: Difference[] = [];
  const deadline = monotonicMs() + AGREE_MS;
  for (const { device } of inhabitants) {
    const { name, person, url } = device.spec;
    const pass = new Pass(url, person);
    const shown = async (): ReturnType<typeof shownBy> => {
      const states = await shownBy(device.client);
      return spoiled && device === inhabitants[0]?.device ? states.map(withoutLast) : states;
    };
    found.push(...(await settledDifferences(name, 'rest', shown, () => storedFor(url, pass), deadline)));
    // What is equal to the server's word need not be compared with it for each device of a person.
    if (!name.endsWith('a')) continue;
    const fresh = (): ReturnType<typeof shownBy> => shownByFreshClient(url, person);
    found.push(...(await settledDifferences(name, 'fresh client', shown, fresh, deadline)));
  }
  return found;
}

function withoutLast(state: ChatState): ChatState {
  return { ...state, messages: state.messages.slice(0, -1) };
}

takeOverWallClock();
process.on('message', ({ number, demand }: ToHousehold) => {
  obey(demand).then(
    (reply) => {
      flush();
      send({ answers: number, reply });
    },
    (error: unknown) =>
      send({ answers: number, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
// The run is gone: so is this.
process.on('disconnect', () => process.exit(0));
