import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ChatChanged } from '../chats/index.js';
import { ChangeFeed, type ChangeFeedPort } from './change-feed.js';

const CHAT = 'chat';
const change = (version: number, chatId = CHAT): ChatChanged =>
  new ChatChanged(chatId, version, { kind: 'created', userIds: ['newcomer'] });

/** A feed whose log holds everything up to `head`, and which notes what it tells. */
class Harness {
  readonly told: number[] = [];
  readonly reads: number[] = [];
  head = 0;
  /** Versions of which the log has no change of their own any more. */
  gone = new Set<number>();
  failures = 0;
  /** How many versions one read gives. */
  page = Infinity;
  /** What a read waits for. */
  reading: Promise<void> | undefined;
  newcomers = false;
  slow = new Map<number, Promise<void>>();
  readonly feed: ChangeFeed;

  constructor() {
    const port: ChangeFeedPort = {
      readMissed: (chatId, above) => {
        this.reads.push(above);
        if (this.failures-- > 0) return Promise.reject(new Error('the database is away'));
        const head = Math.min(this.head, above + this.page);
        const versions = Array.from({ length: Math.max(0, head - above) }, (_, index) => above + 1 + index);
        const changes = versions.filter((version) => !this.gone.has(version)).map((version) => change(version, chatId));
        return (this.reading ?? Promise.resolve()).then(() => ({ changes, version: head }));
      },
      emit: ({ version }) => {
        const wait = this.slow.get(version);
        if (wait === undefined) return void this.told.push(version);
        return wait.then(() => void this.told.push(version));
      },
      concernsNewcomers: () => this.newcomers,
    };
    this.feed = new ChangeFeed(port);
  }

  accept(...versions: number[]): void {
    for (const version of versions) this.feed.accept(change(version));
  }
}

let harness: Harness;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
  Logger.overrideLogger(false);
  harness = new Harness();
  harness.feed.track(CHAT, 0);
});

afterEach(() => jest.useRealTimers());

const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

it('tells changes in the order of their versions, each once', () => {
  harness.accept(1, 2, 2, 1, 3);
  expect(harness.told).toEqual([1, 2, 3]);
});

it('lets what comes too early wait for what comes before it', async () => {
  harness.accept(3, 2);
  expect(harness.told).toEqual([]);
  harness.accept(1);
  expect(harness.told).toEqual([1, 2, 3]);
  harness.head = 3;
  await pass(10_000);
  expect(harness.told).toEqual([1, 2, 3]);
});

it('reads from the log what does not come', async () => {
  harness.head = 4;
  harness.accept(1, 4);
  await pass(50);
  expect(harness.told).toEqual([1]);
  await pass(100);
  expect(harness.told).toEqual([1, 2, 3, 4]);
  expect(harness.reads).toEqual([1]);
});

it('goes on over versions of which nothing is left: a later change of the same thing took their place', async () => {
  harness.head = 5;
  harness.gone = new Set([2, 3]);
  harness.accept(5);
  await pass(200);
  expect(harness.told).toEqual([1, 4, 5]);
  harness.accept(6);
  expect(harness.told).toEqual([1, 4, 5, 6]);
});

it('reads again as long as the log cannot be read', async () => {
  harness.head = 2;
  harness.failures = 3;
  harness.accept(2);
  await pass(5_000);
  expect(harness.told).toEqual([1, 2]);
  expect(harness.reads.length).toBe(4);
});

it('reads from the log up to where a chat is said to stand, and only of chats that it follows', async () => {
  harness.head = 1;
  harness.feed.expect(CHAT, 1);
  harness.feed.expect('another', 1);
  expect([harness.feed.follows(CHAT), harness.feed.follows('another')]).toEqual([true, false]);
  await pass(200);
  expect(harness.told).toEqual([1]);
  // Published late after all, it is known.
  harness.accept(1);
  expect([harness.told, harness.reads]).toEqual([[1], [0]]);
});

it('reads page after page until it is where the chat is said to stand, though nothing else happens', async () => {
  harness.page = 500;
  harness.head = 1_201;
  harness.feed.expect(CHAT, 1_201);
  await pass(1_000);
  expect(harness.told).toHaveLength(1_201);
  expect(harness.reads).toEqual([0, 500, 1_000]);
});

it('reads again when the chat is said to have moved while it was being read', async () => {
  harness.head = 1;
  let finish = (): void => undefined;
  harness.reading = new Promise((resolve) => (finish = resolve));
  harness.feed.expect(CHAT, 1);
  await pass(150);
  harness.feed.expect(CHAT, 2);
  harness.reading = undefined;
  finish();
  await pass(0);
  harness.head = 2;
  await pass(1_500);
  expect(harness.told).toEqual([1, 2]);
});

it('goes on after work that failed, and does not end the process', async () => {
  harness.feed.trackAfter('new', 4, () => Promise.reject(new Error('the database is away')));
  harness.feed.accept(change(5, 'new'));
  await pass(0);
  expect(harness.told).toEqual([5]);
});

it('does not read what comes by itself meanwhile', async () => {
  harness.head = 3;
  harness.feed.expect(CHAT, 2);
  harness.accept(3);
  await pass(50);
  harness.accept(1, 2);
  await pass(1_000);
  expect([harness.told, harness.reads]).toEqual([[1, 2, 3], []]);
});

it('tells nothing of a chat while somebody is being let in', async () => {
  let finish = (): void => undefined;
  harness.feed.trackAfter('new', 4, () => new Promise((resolve) => (finish = resolve)));
  harness.feed.accept(change(5, 'new'));
  expect(harness.told).toEqual([]);
  finish();
  await pass(0);
  expect(harness.told).toEqual([5]);
});

it('keeps the order when telling takes its time', async () => {
  let finish = (): void => undefined;
  harness.slow.set(1, new Promise((resolve) => (finish = resolve)));
  harness.accept(1, 2, 3);
  await pass(500);
  expect(harness.told).toEqual([]);
  finish();
  await pass(0);
  expect(harness.told).toEqual([1, 2, 3]);
});

it('goes on after a change that could not be told', async () => {
  harness.slow.set(1, Promise.reject(new Error('nobody there')));
  harness.accept(1, 2);
  await pass(0);
  expect(harness.told).toEqual([2]);
});

it('does not follow chats that nobody here is in, unless a change lets somebody in', () => {
  harness.feed.accept(change(7, 'other'));
  expect(harness.told).toEqual([]);
  harness.newcomers = true;
  harness.feed.accept(change(8, 'other'));
  expect(harness.told).toEqual([8]);
  expect(harness.feed.heads()).toEqual(
    new Map([
      [CHAT, 0],
      ['other', 8],
    ]),
  );
});

it('begins where the chat stands, and forgets it with the last who was in it', async () => {
  harness.feed.track('other', 5);
  harness.feed.accept(change(5, 'other'));
  harness.feed.accept(change(6, 'other'));
  expect(harness.told).toEqual([6]);
  harness.feed.accept(change(9, 'other'));
  harness.feed.untrack('other');
  await pass(5_000);
  expect([harness.told, harness.reads]).toEqual([[6], []]);
});

it('tells a thousand changes that come in any order in theirs', async () => {
  jest.useRealTimers();
  const versions = Array.from({ length: 1_000 }, (_, index) => index + 1);
  const shuffled = versions.toSorted((a, b) => ((a * 7919) % 1009) - ((b * 7919) % 1009));
  for (const version of shuffled) {
    if (version % 50 === 0) await sleep(0);
    harness.accept(version);
  }
  expect(harness.told).toEqual(versions);
});
