import { jest } from '@jest/globals';
import type { OutboxEntry } from './options.js';
import type { SendDraft } from './wire.js';
import { FakeServer, problem } from './testing/fake-server.js';
import { logIn, pass, start, texts } from './testing/harness.js';

describe('sending', () => {
  let server: FakeServer;

  beforeEach(() => {
    jest.useFakeTimers();
    server = new FakeServer();
    server.addChat('c', ['me', 'ann']);
  });

  afterEach(() => {
    jest.clearAllTimers();
    jest.useRealTimers();
  });

  const stored = (): string[] => server.chat('c').messages.map((message) => message.content);
  const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `message ${index + 1}`);

  it('shows a message at once, and the same row once it is confirmed', async () => {
    const me = await start(server, 'me');
    const clientId = me.send('c', 'hello');
    expect(me.store.messages('c')).toMatchObject([{ key: clientId, state: 'sending', content: 'hello', mine: true }]);
    expect(me.store.chat('c')?.lastMessage).toMatchObject({ key: clientId, state: 'sending' });
    const shown: string[] = [];
    me.store.subscribe(() =>
      shown.push(
        me.store
          .messages('c')
          .map(({ key, state }) => `${key} ${state}`)
          .join(),
      ),
    );
    await pass(100);
    expect([...new Set(shown)]).toEqual([`${clientId} sending`, `${clientId} confirmed`]);
    expect(me.store.messages('c')).toMatchObject([{ seq: 1, status: 'sent' }]);
    expect(me.store.chat('c')).toMatchObject({ lastReadSeq: 1, unreadCount: 0 });
  });

  it('keeps the order of two hundred messages sent at once', async () => {
    const me = await start(server, 'me');
    for (const text of numbered(200)) me.send('c', text);
    expect(texts(me, 'c')).toEqual(numbered(200));
    await pass(2_000);
    expect(stored()).toEqual(numbered(200));
    expect(texts(me, 'c')).toEqual(numbered(200));
  });

  it('sends nothing twice when acknowledgements are lost with the connection', async () => {
    const me = await start(server, 'me');
    server.delay = () => 10;
    for (const text of numbered(50)) me.send('c', text);
    await pass(15); // on the server, not yet answered
    expect(stored().length).toBeGreaterThan(0);
    server.crash();
    await pass(5_000);
    expect(stored()).toEqual(numbered(50));
    expect(texts(me, 'c')).toEqual(numbered(50));
    expect(me.store.messages('c').every(({ state }) => state === 'confirmed')).toBe(true);
  });

  /** Puts what is sent into the log, and lets neither answer nor event reach anybody. */
  const swallowAnswers = (): void => {
    server.ignore = ({ event, payload }) => {
      if (event !== 'message:send') return false;
      const { content, clientId } = payload as SendDraft;
      server.chat('c').append('me', content, clientId);
      return true;
    };
  };

  it('shows a message once where a page of history brings it before its answer', async () => {
    const me = await start(server, 'me');
    swallowAnswers();
    me.send('c', 'hello');
    await pass(10);
    await me.loadNewest('c');
    expect(me.store.messages('c')).toMatchObject([{ seq: 1, state: 'confirmed' }]);
    expect(me.store.chat('c')?.lastMessage).toMatchObject({ seq: 1 });
    server.ignore = () => false;
    await pass(60_000);
    expect(stored()).toEqual(['hello']);
    expect(texts(me, 'c')).toEqual(['hello']);
  });

  it('shows a message once where an earlier start left it in the outbox and the log has it', async () => {
    const entries: OutboxEntry[] = [
      { clientId: 'left', chatId: 'c', content: 'hello', createdAt: new Date().toISOString() },
    ];
    server.chat('c').append('me', 'hello', 'left');
    server.ignore = ({ event }) => event === 'message:send';
    const me = await start(server, 'me', { outboxStorage: { load: () => entries, save: () => undefined } });
    expect(texts(me, 'c')).toEqual(['hello']);
    expect(me.store.chat('c')?.lastMessage).toMatchObject({ state: 'confirmed' });
  });

  it('sends again under the same name when no acknowledgement comes', async () => {
    const me = await start(server, 'me');
    const names: string[] = [];
    server.ignore = ({ event, payload }) => {
      if (event === 'message:send') names.push((payload as SendDraft).clientId);
      return names.length === 1;
    };
    me.send('c', 'hello');
    await pass(9_000);
    expect(names).toHaveLength(1);
    await pass(3_000);
    expect(new Set(names).size).toBe(1);
    expect(stored()).toEqual(['hello']);
  });

  it('sends everything again, oldest first, after a refusal that passes', async () => {
    const me = await start(server, 'me');
    let refusals = 2;
    server.refuseSend = (draft) =>
      draft.content === 'message 3' && refusals-- > 0 ? problem('unavailable', 503) : undefined;
    for (const text of numbered(10)) me.send('c', text);
    await pass(100);
    expect(stored()).toEqual(numbered(2));
    await pass(5_000);
    expect(stored()).toEqual(numbered(10));
    expect(texts(me, 'c')).toEqual(numbered(10));
  });

  it('waits for as long as the server asks', async () => {
    const me = await start(server, 'me');
    let until = Date.now() + 5_000;
    server.refuseSend = () => (Date.now() < until ? problem('rate_limited', 429, { retryAfter: 6 }) : undefined);
    me.send('c', 'hello');
    await pass(5_900);
    expect(server.arrivals.filter(({ event }) => event === 'message:send')).toHaveLength(1);
    until = 0;
    await pass(200);
    expect(stored()).toEqual(['hello']);
  });

  it('keeps what was refused for good, and sends the rest', async () => {
    const me = await start(server, 'me');
    server.refuseSend = (draft) => (draft.content === 'bad' ? problem('validation_failed', 400) : undefined);
    const [, bad] = ['one', 'bad', 'two'].map((text) => me.send('c', text));
    await pass(100);
    expect(stored()).toEqual(['one', 'two']);
    const failed = { key: bad, state: 'failed', problem: { code: 'validation_failed' } };
    expect(me.store.messages('c')).toMatchObject([{ content: 'one' }, { content: 'two' }, failed]);
    server.refuseSend = () => undefined;
    me.retry(bad!);
    expect(me.store.messages('c').at(-1)).toMatchObject({ key: bad, state: 'sending' });
    await pass(100);
    expect(texts(me, 'c')).toEqual(['one', 'two', 'bad']);
    expect(me.discard(bad!)).toBe(false);
  });

  it('drops a failed message, or one that never left, when asked to', async () => {
    const me = await start(server, 'me');
    server.refuseSend = () => problem('not_a_member', 403);
    const failed = me.send('c', 'failed');
    await pass(100);
    expect(me.discard(failed)).toBe(true);
    server.crash();
    const waiting = me.send('c', 'waiting');
    expect(me.discard(waiting)).toBe(true);
    expect(texts(me, 'c')).toEqual([]);
  });

  it('writes without a connection and sends when there is one', async () => {
    const me = await start(server, 'me');
    server.refuseSocket = () => 'silence';
    server.crash();
    me.send('c', 'written offline');
    await pass(60_000);
    expect(me.connection.state).not.toBe('online');
    expect(texts(me, 'c')).toEqual(['written offline']);
    server.refuseSocket = () => undefined;
    await pass(31_000);
    expect(stored()).toEqual(['written offline']);
  });

  it('takes up what an earlier start left in its storage', async () => {
    let kept: OutboxEntry[] = [{ clientId: 'k1', chatId: 'c', content: 'kept', createdAt: '2026-01-01T00:00:00.000Z' }];
    const outboxStorage = { load: () => kept, save: (entries: readonly OutboxEntry[]) => void (kept = [...entries]) };
    const me = await start(server, 'me', { outboxStorage });
    expect(texts(me, 'c')).toEqual(['kept']);
    expect(kept).toEqual([]);
    server.crash();
    me.send('c', 'later');
    await pass();
    expect(kept).toMatchObject([{ chatId: 'c', content: 'later' }]);
  });

  it('quotes the answered message as it reads now', async () => {
    const me = await start(server, 'me');
    server.say('c', 'ann', 'question');
    await pass();
    me.send('c', 'answer', { replyToId: 'c-1' });
    expect(me.store.messages('c')[1]).toMatchObject({ state: 'sending', replyTo: { content: 'question' } });
    await pass(100);
    server.edit('c', 1, 'better question');
    await pass();
    expect(me.store.messages('c')[1]).toMatchObject({ state: 'confirmed', replyTo: { content: 'better question' } });
  });

  it('forgets everything at log-out', async () => {
    const me = await start(server, 'me');
    server.say('c', 'ann', 'secret');
    await pass();
    await me.auth.logout();
    expect(me.store.chats).toEqual([]);
    expect(me.store.messages('c')).toEqual([]);
    expect(me.store.ready).toBe(false);
    const again = await logIn(server, 'ann');
    expect(again.auth.me?.id).toBe('ann');
  });
});
