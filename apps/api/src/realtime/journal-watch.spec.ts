import { jest } from '@jest/globals';
import { type CommitJournal, JOURNAL_KEPT_MS, type JournalRead, type MemberKey } from '../chats/index.js';
import { NodeLink } from '../platform/index.js';
import { JournalWatch } from './journal-watch.js';
import type { MissedChangesRepository } from './missed-changes.repository.js';

/** A link that breaks when it is told to. */
class BreakableLink extends NodeLink {
  break = (): void => undefined;

  override publish(): void {
    // Nobody listens.
  }

  override subscribe(): void {
    // Nobody speaks.
  }

  override onGap(handler: () => void): void {
    this.break = handler;
  }
}

let page: JournalRead;
let sinces: string[];
let comparisons: number;
let away: boolean;
let reached: [string, number][];
let joined: [string, readonly string[]][];
let moved: MemberKey[];
let link: BreakableLink;
let watch: JournalWatch;

const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
  [page, sinces, comparisons, away] = [{ horizon: '10', heads: [], joined: [], moved: [] }, [], 0, false];
  [reached, joined, moved] = [[], [], []];
  link = new BreakableLink();
  const answer = <T>(value: T): Promise<T> => (away ? Promise.reject(new Error('away')) : Promise.resolve(value));
  const journal = {
    start: () => answer('1'),
    read: (since: string) => {
      sinces.push(since);
      return answer(page);
    },
    movedWithin: () => answer([{ chatId: 'compared', userId: 'ann' }]),
    trim: () => answer(undefined),
  };
  const missed = {
    behind: () => {
      comparisons += 1;
      return answer([{ chatId: 'compared', version: 5 }]);
    },
    joinedWithin: () => answer([{ chatId: 'compared', userIds: ['ann'] }]),
  };
  watch = new JournalWatch(journal as unknown as CommitJournal, missed as unknown as MissedChangesRepository, link);
  watch.start({
    heads: () => new Map(),
    reached: (chatId, version) => reached.push([chatId, version]),
    joined: (chatId, userIds) => joined.push([chatId, userIds]),
    moved: (members) => moved.push(...members),
    connectedUserIds: () => ['ann'],
  });
  await pass(0);
});

afterEach(async () => {
  await watch.onApplicationShutdown();
  jest.useRealTimers();
});

it('begins with a comparison of everything, and goes on with what is new in the journal', async () => {
  expect([comparisons, reached, joined]).toEqual([1, [['compared', 5]], [['compared', ['ann']]]]);
  expect(moved).toEqual([{ chatId: 'compared', userId: 'ann' }]);
  page = {
    horizon: '20',
    heads: [{ chatId: 'a', version: 3 }],
    joined: [{ chatId: 'b', userIds: ['ben'] }],
    moved: [],
  };
  await pass(4_000);
  expect([comparisons, sinces]).toEqual([1, ['1', '20']]);
  expect(reached.slice(1)).toEqual([
    ['a', 3],
    ['a', 3],
  ]);
  expect(joined.at(-1)).toEqual(['b', ['ben']]);
});

it('looks at once when the link to other nodes may have lost something, but not all the time', async () => {
  link.break();
  await pass(0);
  expect(sinces).toEqual([]);
  await pass(600);
  link.break();
  link.break();
  await pass(0);
  expect(sinces).toEqual(['1']);
});

it('compares everything when the database was away: it may be another one', async () => {
  away = true;
  await pass(6_000);
  away = false;
  await pass(2_000);
  expect(comparisons).toBe(2);
  await pass(2_000);
  expect(comparisons).toBe(2);
});

it('compares everything when it stood still for longer than the journal is sure to reach', async () => {
  // A process that was stopped: time passes, its timers do not.
  const now = performance.now();
  jest.spyOn(performance, 'now').mockReturnValue(now + JOURNAL_KEPT_MS);
  await pass(2_000);
  jest.restoreAllMocks();
  expect([comparisons, sinces]).toEqual([2, []]);
});
