import { jest } from '@jest/globals';
import type { Problem } from '@chatr/contracts';
import { SendLane } from '../messages/index.js';
import { EventBudget } from './event-budget.js';
import { EventReply } from './event-reply.js';
import type { UserSocket } from './user-socket.js';

interface Reply {
  ok: boolean;
  error: Problem;
}

const CHAT = '019329f0-0000-7000-8000-000000000000';

let disconnect: jest.Mock;
let lane: SendLane;
let budget: EventBudget;
let passed: number;
let replies: Reply[];

beforeEach(() => {
  jest.useFakeTimers();
  disconnect = jest.fn();
  lane = new SendLane();
  budget = new EventBudget({ disconnect, data: { lane } } as unknown as UserSocket);
  passed = 0;
  replies = [];
});

afterEach(() => jest.useRealTimers());

function spend(times: number, name = 'typing:start', payload: unknown = {}): void {
  for (let time = 0; time < times; time++) {
    const reply = new EventReply((answer: Reply) => replies.push(answer));
    if (budget.spend(name, payload, reply)) passed += 1;
  }
}

it('lets a burst pass, refuses what is beyond it, and recovers with time', () => {
  spend(650);
  expect([passed, replies.length]).toEqual([600, 50]);
  expect(replies[0]).toMatchObject({ ok: false, error: { code: 'rate_limited', retryAfter: 1 } });
  jest.advanceTimersByTime(1_000);
  spend(100);
  expect(passed).toBe(660);
  jest.advanceTimersByTime(60_000);
  spend(600);
  expect(passed).toBe(1_260);
  expect(disconnect).not.toHaveBeenCalled();
});

it('ends a connection that does not stop', () => {
  spend(1_200);
  expect(disconnect).not.toHaveBeenCalled();
  spend(1);
  expect(disconnect).toHaveBeenCalledWith(true);
});

it('needs no callback to refuse', () => {
  spend(600);
  expect(budget.spend('typing:start', undefined, new EventReply(undefined))).toBe(false);
  expect(budget.spend('message:send', null, new EventReply(null))).toBe(false);
  expect(passed).toBe(600);
});

it('holds up the messages behind a refused one, not those before it', async () => {
  const before = lane.takeTurn();
  spend(600);
  spend(1, 'message:send', { chatId: CHAT, clientId: 'refused' });
  await jest.advanceTimersByTimeAsync(1);
  expect(before.check(CHAT, 'before')).toBeUndefined();
  expect(lane.takeTurn().check(CHAT, 'behind')?.code).toBe('send_again');
  expect(lane.takeTurn().check('another', 'elsewhere')).toBeUndefined();
});
