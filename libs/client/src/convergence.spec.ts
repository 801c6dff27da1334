import { jest } from '@jest/globals';
import { FakeServer, problem } from './testing/fake-server.js';
import { freshState, pass, start, wholeState } from './testing/harness.js';

/** Numbers in [0, 1) that depend on the seed alone: a failing run can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const STEPS = 120;
const CHATS = ['a', 'b', 'c'];

describe('whatever happens on the way', () => {
  beforeEach(() => void jest.useFakeTimers());

  afterEach(() => {
    jest.clearAllTimers();
    jest.useRealTimers();
  });

  it.each(Array.from({ length: Number(process.env['SEEDS'] ?? 60) }, (_, index) => index + 1))(
    'a client ends in the state of a fresh one (seed %i)',
    async (seed) => {
      const random = randomFrom(seed);
      const below = (count: number): number => Math.floor(random() * count);
      const server = new FakeServer();
      for (const id of CHATS) server.addChat(id, ['me', 'ann', 'bob']);
      server.changesPage = 3 + below(6);
      server.changesBehind = 10 + below(60);
      server.delay = () => below(200);
      server.copies = () => [0, 2, 1, 1, 1, 1][below(6)]!;
      server.refuseSend = () => (below(8) === 0 ? problem('unavailable', 503) : undefined);
      const me = await start(server, 'me', { random });

      const sent: Record<string, string[]> = { a: [], b: [], c: [] };
      const acts: ((chatId: string) => unknown)[] = [
        (chatId) => server.say(chatId, 'ann', `said ${below(1_000)}`),
        (chatId) => server.say(chatId, 'bob', `answered ${below(1_000)}`, `${chatId}-1`),
        (chatId) =>
          server.chat(chatId).members.has('me') && sent[chatId]!.push(me.send(chatId, `sent ${below(1_000)}`)),
        (chatId) => onSome(chatId, (seq) => server.edit(chatId, seq, `edited ${below(1_000)}`)),
        (chatId) => onSome(chatId, (seq) => server.unsend(chatId, seq)),
        (chatId) => onSome(chatId, (seq) => server.chat(chatId).members.has('me') && server.read(chatId, 'me', seq)),
        (chatId) => onSome(chatId, (seq) => server.read(chatId, 'bob', seq)),
        (chatId) => me.markRead(chatId, 1 + below(server.chat(chatId).messages.length + 1)),
        (chatId) => server.rename(chatId, `name ${below(1_000)}`),
        () => below(2) === 0 && toggle('c', ['bob', 'me'][below(2)]!),
        (chatId) => me.loadNewest(chatId),
        (chatId) => me.loadOlder(chatId),
        () => below(3) === 0 && server.crash(),
        () => me.reconnectNow(),
      ];
      const onSome = (chatId: string, act: (seq: number) => unknown): void => {
        const count = server.chat(chatId).messages.length;
        if (count > 0) act(1 + below(count));
      };
      const toggle = (chatId: string, userId: string): void =>
        server.chat(chatId).members.has(userId) ? server.leave(chatId, userId) : server.join(chatId, userId);

      for (let step = 0; step < STEPS; step++) {
        void acts[below(acts.length)]!(CHATS[below(CHATS.length)]!);
        await pass(below(150));
      }
      server.copies = () => 1;
      server.refuseSend = () => undefined;
      await pass(60_000);
      server.crash(); // an event lost at the very end is found by the next connection
      await pass(60_000);

      const failed = CHATS.flatMap((id) => me.store.messages(id)).filter(({ state }) => state === 'failed');
      const dropped = failed.map(({ key }) => key);
      for (const key of dropped) me.discard(key);
      expect(await wholeState(me)).toEqual(await freshState(server, 'me'));
      for (const chatId of CHATS) {
        const own = server
          .chat(chatId)
          .messages.filter(({ senderId }) => senderId === 'me')
          .map(({ clientId }) => clientId);
        // The person was thrown out of one chat now and then: what they sent meanwhile failed.
        expect(own).toEqual(sent[chatId]!.filter((clientId) => !dropped.includes(clientId)));
      }
    },
  );
});
