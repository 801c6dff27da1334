import { jest } from '@jest/globals';
import { SendLane } from './send-lane.js';

let lane: SendLane;

beforeEach(() => {
  jest.useFakeTimers();
  lane = new SendLane();
});

afterEach(() => jest.useRealTimers());

const enter = (clientId: string, chatId = 'chat'): string | undefined => lane.takeTurn().enter(chatId, clientId)?.code;

it('lets messages pass as long as none was refused', () => {
  expect([enter('a'), enter('b'), enter('a')]).toEqual([undefined, undefined, undefined]);
});

it('holds up what comes after a refused message until that one comes again', () => {
  lane.takeTurn().refused('chat', 'a');
  expect([enter('b'), enter('c')]).toEqual(['send_again', 'send_again']);
  expect([enter('a'), enter('b'), enter('c')]).toEqual([undefined, undefined, undefined]);
});

it('lets what came before the refused message pass', () => {
  const [before, refused, behind] = [lane.takeTurn(), lane.takeTurn(), lane.takeTurn()];
  refused.refused('chat', 'b');
  expect(before.check('chat', 'a')).toBeUndefined();
  // Its coming in does not open the lane for the others.
  expect(before.enter('chat', 'a')).toBeUndefined();
  expect(behind.check('chat', 'c')?.code).toBe('send_again');
});

it('waits for the first of several refused messages, in whatever order they were refused', () => {
  const [first, second, third] = [lane.takeTurn(), lane.takeTurn(), lane.takeTurn()];
  second.refused('chat', 'b');
  first.refused('chat', 'a');
  third.refused('chat', 'c');
  expect([enter('b'), enter('c'), enter('a'), enter('b'), enter('c')]).toEqual([
    'send_again',
    'send_again',
    undefined,
    undefined,
    undefined,
  ]);
});

it('lets nothing overtake that was on its way when the refused message came again', () => {
  const [refused, onItsWay] = [lane.takeTurn(), lane.takeTurn()];
  refused.refused('chat', 'a');
  const again = lane.takeTurn();
  expect(again.enter('chat', 'a')).toBeUndefined();
  const after = lane.takeTurn();
  expect(after.enter('chat', 'c')).toBeUndefined();
  // It waited for its batch all the time, before both of them.
  expect([onItsWay, again, after].map((turn, index) => turn.check('chat', 'bac'.charAt(index))?.code)).toEqual([
    'send_again',
    undefined,
    undefined,
  ]);
  // Another refusal since does not let it pass either.
  after.refused('chat', 'c');
  expect(onItsWay.check('chat', 'b')?.code).toBe('send_again');
  expect([enter('d'), enter('c'), enter('d')]).toEqual(['send_again', undefined, undefined]);
});

it('keeps the first place of a message that is refused again', () => {
  const [first, between] = [lane.takeTurn(), lane.takeTurn()];
  first.refused('chat', 'a');
  const again = lane.takeTurn();
  again.enter('chat', 'a');
  again.refused('chat', 'a');
  expect([between.check('chat', 'b')?.code, enter('b')]).toEqual(['send_again', 'send_again']);
  expect([enter('a'), enter('b'), between.check('chat', 'b')?.code]).toEqual([undefined, undefined, 'send_again']);
});

it('holds up nothing in other chats', () => {
  lane.takeTurn().refused('chat', 'a');
  expect(enter('b', 'another')).toBeUndefined();
});

it('takes a message that does not come again within ten seconds as given up', () => {
  lane.takeTurn().refused('chat', 'a');
  jest.advanceTimersByTime(9_000);
  expect(enter('b')).toBe('send_again');
  jest.advanceTimersByTime(1_001);
  expect(enter('b')).toBeUndefined();
});
