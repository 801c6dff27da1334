import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inspector } from '../machine/inspector.js';
import { machineCpuSeconds, type Usage, usageOf } from '../machine/proc.js';
import type { Chat, World } from '../world.js';
import { Histogram } from './histogram.js';
import type { Job } from './job.js';
import { Ledger, type Stream } from './ledger.js';
import type { Measurement, Shares } from './measurement.js';
import { type Arrivals, type Connection, markOf, type Protocol } from './protocol.js';

/** Connections that are being opened at once. */
const CONNECTING = 50;
const PEAK_EVERY_MS = 500;
const SETTLE_MS = 30_000;
const SETTLE_POLL_MS = 50;
/** A usual message: the server's work per byte is not what differs between servers. */
const TEXT = 'Let us meet at nine in front of the old station, I will bring the tickets and some coffee for you.';

/** What is counted while a step is measured. */
class Window {
  readonly from = performance.now();
  readonly acknowledged = new Histogram();
  readonly delivered = new Histogram();
  readonly lateness = new Histogram();
  accepted = 0;
  arrivals = 0;
  refused = 0;
  errors = 0;
  serverPeak = 0;
  open = true;
}

/** A message that has not come to everybody yet. */
interface Outstanding {
  left: number;
  done: () => void;
}

/** Figures that one scenario alone has; their names say what they are. */
export type Figures = Record<string, number>;

/** One run of one scenario: its connections, its messages, and what is measured of them. */
export class Run<C extends Connection = Connection> implements Arrivals {
  readonly connections = new Map<number, C>();
  readonly world: World;
  private readonly broken = new Set<number>();
  private readonly ledger = new Ledger();
  private window = new Window();
  /** Told of each message that the last receiver has got, where somebody waits for that. */
  private readonly complete = new Map<number, Map<number, Outstanding>>();

  constructor(
    readonly job: Job,
    readonly protocol: Protocol<C>,
  ) {
    this.world = job.world;
    this.window.open = false;
  }

  chat(index: number): Chat {
    const chat = this.world.chats[index];
    if (chat === undefined) throw new Error(`there is no chat ${index}`);
    return chat;
  }

  connection(person: number): C {
    const connection = this.connections.get(person);
    if (connection === undefined) throw new Error(`person ${person} is not connected`);
    return connection;
  }

  /** Connects these people, all of them by default, some at a time. */
  async connect(
    people: readonly number[] = this.world.people.map((_, index) => index),
    atOnce = CONNECTING,
  ): Promise<void> {
    const queue = [...people];
    const worker = async (): Promise<void> => {
      for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
        const person = this.world.people[index];
        if (person !== undefined) this.connections.set(index, await this.protocol.connect(person, index, this));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  disconnect(people: Iterable<number> = this.connections.keys()): void {
    for (const person of [...people]) {
      this.connections.get(person)?.close();
      this.connections.delete(person);
    }
  }

  /** The messages of one person in one chat. Everybody else in it who is connected must get each of them. */
  stream(chat: number, sender: number): Stream {
    const receivers = this.chat(chat).members.filter((member) => member !== sender && this.connections.has(member));
    return this.ledger.open(chat, sender, receivers);
  }

  /**
   * @param intendedAt when it was to be sent, as `performance.now()`: what the load is late is part of the latency
   * @param answered is told whether the server took it
   */
  send(stream: Stream, intendedAt: number, answered?: (accepted: boolean) => void): number {
    const number = this.ledger.sending(stream, intendedAt);
    const { window } = this;
    if (window.open) window.lateness.record(performance.now() - intendedAt);
    const settle = (accepted: boolean): void => {
      this.ledger.answered(stream, number, accepted);
      if (accepted) {
        if (intendedAt >= window.from) window.acknowledged.record(performance.now() - intendedAt);
        if (this.window.open) this.window.accepted++;
      } else this.window.errors++;
      answered?.(accepted);
    };
    const connection = this.connections.get(stream.sender);
    if (connection === undefined) setImmediate(settle, false);
    else connection.send(this.chat(stream.chat).id, markOf(stream.index, number) + TEXT, settle);
    return number;
  }

  /** @param done is told once the message has come to this many people; to be asked for in the moment of sending */
  whenComplete(stream: Stream, number: number, receivers: number, done: () => void): void {
    let waiting = this.complete.get(stream.index);
    if (waiting === undefined) this.complete.set(stream.index, (waiting = new Map<number, Outstanding>()));
    waiting.set(number, { left: receivers, done });
  }

  arrived(receiver: number, stream: number, number: number, seq: number): void {
    const intendedAt = this.ledger.arrived(receiver, stream, number, seq);
    if (intendedAt === undefined) return;
    if (intendedAt >= this.window.from) this.window.delivered.record(performance.now() - intendedAt);
    if (this.window.open) this.window.arrivals++;
    const messages = this.complete.get(stream);
    const waiting = messages?.get(number);
    if (waiting === undefined || --waiting.left > 0) return;
    messages?.delete(number);
    waiting.done();
  }

  dropped(person: number, reason: string): void {
    if (this.window.errors++ === 0) console.error(`  a connection broke: ${reason}`);
    this.connections.delete(person);
    this.broken.add(person);
    this.ledger.left(person);
  }

  /** Connects again whose connection broke. */
  private async reconnect(): Promise<void> {
    if (this.broken.size === 0) return;
    await this.connect([...this.broken]);
    this.broken.clear();
    this.ledger.returned();
  }

  /** Counts something that is no message as one: how long it took from `intendedAt`, or that it failed. */
  async request(intendedAt: number, work: () => Promise<unknown>): Promise<void> {
    const { window } = this;
    try {
      await work();
      window.acknowledged.record(performance.now() - intendedAt);
      if (window.open) window.accepted++;
    } catch (error) {
      // The first one says what is wrong; a thousand would say no more.
      if (window.errors++ === 0) console.error(`  a request failed: ${String(error)}`);
    }
  }

  /** Counts an answer that says to come again, and is followed. */
  refused(): void {
    this.window.refused++;
  }

  /**
   * Runs `work` and tells what it took; then waits until everything that was sent has come or is given up.
   * @param step its name in the report
   * @param more figures of its own, which `work` may fill in
   */
  async measure(step: string, work: () => Promise<void>, more: Figures = {}): Promise<Measurement> {
    await this.reconnect();
    const before = this.ledger.counts();
    const inspector = await this.startProfile();
    const window = (this.window = new Window());
    const usageBefore = this.usage();
    const machineBefore = machineCpuSeconds();
    const peaks = setInterval(() => this.notePeak(window), PEAK_EVERY_MS);
    await work();
    const seconds = (performance.now() - window.from) / 1000;
    window.open = false;
    clearInterval(peaks);
    const usage = this.usage();
    const machine = machineCpuSeconds() - machineBefore;
    await this.finishProfile(inspector, step);
    const settleMs = await this.settle();
    const after = this.ledger.counts();
    const { accepted } = window;
    const cpuSeconds = subtract(usage, usageBefore);
    return {
      step,
      seconds,
      settleMs,
      messagesPerSecond: accepted / seconds,
      deliveriesPerSecond: window.arrivals / seconds,
      acknowledged: window.acknowledged.percentiles(),
      delivered: window.delivered.percentiles(),
      lateness: window.lateness.percentiles(),
      cpuSeconds,
      othersCpuSeconds: Math.max(0, machine - cpuSeconds.server - cpuSeconds.database - cpuSeconds.load),
      cpuMicros: accepted === 0 ? undefined : perMessage(cpuSeconds, accepted),
      rssBytes: { server: usage.server.rssBytes, serverPeak: Math.max(window.serverPeak, usage.server.rssBytes) },
      counts: {
        delivered: after.delivered - before.delivered,
        duplicate: after.duplicate - before.duplicate,
        outOfOrder: after.outOfOrder - before.outOfOrder,
        lost: after.lost - before.lost,
        refused: window.refused,
        errors: window.errors,
      },
      more,
    };
  }

  /** Waits until nothing is awaited any more. @returns how long that took, in ms */
  async settle(patienceMs = SETTLE_MS): Promise<number> {
    const startedAt = performance.now();
    while (this.ledger.awaited > 0 && performance.now() - startedAt < patienceMs) await sleep(SETTLE_POLL_MS);
    return performance.now() - startedAt;
  }

  /** Has a Node server collect its garbage, so that its memory can be compared. */
  async collectServerGarbage(): Promise<void> {
    const { inspectPort, pids } = this.job;
    if (inspectPort === undefined) return;
    const inspector = await Inspector.open(pids.server, inspectPort);
    await inspector.collectGarbage();
    inspector.close();
  }

  usage(): { server: Usage; database: Usage; load: Usage } {
    const { server, database } = this.job.pids;
    const none: Usage = { cpuSeconds: 0, rssBytes: 0 };
    const [ofServer = none, ofDatabase = none, ofLoad = none] = usageOf([server, database, process.pid]);
    return { server: ofServer, database: ofDatabase, load: ofLoad };
  }

  private notePeak(window: Window): void {
    window.serverPeak = Math.max(window.serverPeak, this.usage().server.rssBytes);
  }

  private async startProfile(): Promise<Inspector | undefined> {
    const { inspectPort, pids, profileTo } = this.job;
    if (profileTo === undefined || inspectPort === undefined) return undefined;
    const inspector = await Inspector.open(pids.server, inspectPort);
    await inspector.startProfile();
    return inspector;
  }

  private async finishProfile(inspector: Inspector | undefined, step: string): Promise<void> {
    if (inspector === undefined) return;
    const file = `${this.job.profileTo ?? ''}${step.replaceAll(/\W+/g, '-')}.cpuprofile`;
    writeFileSync(file, JSON.stringify(await inspector.stopProfile()));
    inspector.close();
  }
}

function subtract(after: Record<keyof Shares, Usage>, before: Record<keyof Shares, Usage>): Shares {
  const spent = (name: keyof Shares): number => after[name].cpuSeconds - before[name].cpuSeconds;
  return { server: spent('server'), database: spent('database'), load: spent('load') };
}

function perMessage({ server, database, load }: Shares, messages: number): Shares {
  const micros = (seconds: number): number => (seconds * 1e6) / messages;
  return { server: micros(server), database: micros(database), load: micros(load) };
}
