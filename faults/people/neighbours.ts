import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../clock.js';
import type { Random } from '../schedule/random.js';
import type { World } from '../world/world.js';
import { Household } from './household.js';
import type { Credentials, Demand, DeviceSpec, DeviceStatus, Difference, Observation } from './protocol.js';

const POLL_MS = 250;
/** Wall clocks differ by up to an hour from the beginning. */
const SKEW_MS = 3_600_000;
/** Of the devices that a person may have. */
const LETTERS = ['a', 'b', 'c'] as const;

interface Place {
  name: string;
  person: number;
  household: number;
  door: number;
}

/** Everybody, with all their devices, in the processes where these live. */
export class Neighbours {
  readonly households: Household[] = [];
  readonly #places: Place[] = [];
  #people: readonly Credentials[] = [];
  readonly #skews: number[];

  /** Decides who has how many devices, and where: a person's devices are in different households, so that their clocks differ. */
  constructor(
    private readonly random: Random,
    people: number,
    private readonly count: number,
  ) {
    for (let person = 0; person < people; person++) {
      const devices = random.weighted({ 1: 5, 2: 4, 3: 1 });
      const first = random.integer(0, count - 1);
      for (const [index, letter] of LETTERS.slice(0, Number(devices)).entries()) {
        const name = `p${String(person).padStart(2, '0')}${letter}`;
        this.#places.push({ name, person, household: (first + index) % count, door: this.#places.length });
      }
    }
    this.#skews = Array.from({ length: count }, (_, household) =>
      household === 0 ? 0 : random.integer(-SKEW_MS, SKEW_MS),
    );
  }

  get devices(): number {
    return this.#places.length;
  }

  /** One for each device, and one for what goes beside them. */
  get doors(): number {
    return this.#places.length + 1;
  }

  personOf(device: string): string {
    return this.#people[this.placeOf(device).person]?.id ?? '';
  }

  doorOf(device: string): number {
    return this.placeOf(device).door;
  }

  async moveIn(
    { doors }: World,
    people: readonly Credentials[],
    logs: string,
    observe: (observations: readonly Observation[]) => void,
  ): Promise<void> {
    this.#people = people;
    const otherUrl = doors.at(-1)?.url ?? '';
    for (let index = 0; index < this.count; index++) {
      this.households.push(new Household(join(logs, `household-${index}.log`), observe));
    }
    await Promise.all(
      this.households.map((household, index) => {
        const devices = this.#places
          .filter((place) => place.household === index)
          .map(({ name, person, door }): DeviceSpec => ({
            name,
            person: people[person] ?? { id: '', username: '', password: '' },
            url: doors[door]?.url ?? '',
            otherUrl,
            seed: this.random.fork(name).integer(0, 2 ** 31),
          }));
        return household.ask({ do: 'open', devices, skewMs: this.#skews[index] ?? 0 });
      }),
    );
  }

  /** Asks every household, and waits for all. */
  all(demand: Demand): Promise<unknown> {
    return Promise.all(this.households.map((household) => household.ask(demand)));
  }

  async statuses(): Promise<DeviceStatus[]> {
    const replies = await Promise.all(this.households.map((household) => household.ask({ do: 'status' })));
    return replies.flatMap(({ statuses }) => statuses ?? []);
  }

  async compare(spoiled: boolean): Promise<Difference[]> {
    const replies = await Promise.all(this.households.map((household) => household.ask({ do: 'compare', spoiled })));
    return replies.flatMap(({ differences }) => differences ?? []);
  }

  /** Waits until everybody is connected, knows everything and has nothing left to send. @returns the devices that are not so far in time */
  async becomeQuiet(patienceMs: number): Promise<string[]> {
    const deadline = monotonicMs() + patienceMs;
    for (;;) {
      const restless = (await this.statuses()).filter(
        ({ connected, ready, waiting }) => !connected || !ready || waiting > 0,
      );
      if (restless.length === 0 || monotonicMs() > deadline) return restless.map(({ device }) => device);
      await sleep(POLL_MS);
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.households.map((household) => household.end()));
  }

  private placeOf(device: string): Place {
    const place = this.#places.find(({ name }) => name === device);
    if (place === undefined) throw new Error(`nobody has a device ${device}`);
    return place;
  }
}
