import { jest } from '@jest/globals';
import type { ChatrClient } from './client.js';
import { FakeServer } from './testing/fake-server.js';
import { freshState, pass, start, texts, wholeState } from './testing/harness.js';

describe('a chat that follows the server', () => {
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

  const syncs = (): number => server.arrivals.filter(({ event }) => event === 'sync').length;
  const expectFresh = async (client: ChatrClient): Promise<void> => {
    await pass(1_000);
    expect(await wholeState(client)).toEqual(await freshState(server, 'me'));
  };

  it('shows messages as they come, in order', async () => {
    const me = await start(server, 'me');
    for (const text of ['one', 'two', 'three']) server.say('c', 'ann', text);
    await pass();
    expect(texts(me, 'c')).toEqual(['one', 'two', 'three']);
    expect(me.store.chat('c')?.unreadCount).toBe(3);
    await expectFresh(me);
  });

  it('drops what it has had', async () => {
    const me = await start(server, 'me');
    server.copies = () => 3;
    server.say('c', 'ann', 'one');
    server.edit('c', 1, 'won');
    await pass();
    expect(texts(me, 'c')).toEqual(['won']);
    expect(me.store.chat('c')?.unreadCount).toBe(1);
  });

  it('keeps later changes waiting for a missing one, and syncs after half a second', async () => {
    const me = await start(server, 'me');
    const before = syncs();
    server.copies = () => 0;
    server.say('c', 'ann', 'lost');
    server.copies = () => 1;
    server.say('c', 'ann', 'after');
    await pass(490);
    expect(texts(me, 'c')).toEqual([]);
    expect(syncs()).toBe(before);
    await pass(20);
    expect(syncs()).toBe(before + 1);
    expect(texts(me, 'c')).toEqual(['lost', 'after']);
    await expectFresh(me);
  });

  it('does not sync when the missing change comes late', async () => {
    const me = await start(server, 'me');
    const before = syncs();
    server.copies = () => 0;
    const late = server.say('c', 'ann', 'late');
    server.copies = () => 1;
    server.say('c', 'ann', 'after');
    await pass(300);
    server.push('me', { name: 'message:received', payload: late });
    await pass(1_000);
    expect(texts(me, 'c')).toEqual(['late', 'after']);
    expect(syncs()).toBe(before);
  });

  it('takes an edit that comes before its message', async () => {
    const me = await start(server, 'me');
    server.copies = () => 0;
    const original = server.say('c', 'ann', 'original');
    server.copies = () => 1;
    server.edit('c', 1, 'edited');
    await pass(100);
    server.push('me', { name: 'message:received', payload: original });
    await pass();
    expect(texts(me, 'c')).toEqual(['edited']);
    await expectFresh(me);
  });

  it('replaces its copy by the newest page when it was away for too long', async () => {
    server.changesBehind = 10;
    server.changesPage = 5;
    const me = await start(server, 'me');
    server.say('c', 'ann', 'first');
    await pass();
    server.crash();
    for (let number = 2; number <= 40; number++) server.say('c', 'ann', `message ${number}`);
    await pass(3_000);
    expect(texts(me, 'c')).toEqual(['message 36', 'message 37', 'message 38', 'message 39', 'message 40']);
    expect(me.store.history('c').hasOlder).toBe(true);
    expect(me.store.chat('c')?.unreadCount).toBe(40);
    await expectFresh(me);
  });

  it('catches up page by page with what changed while it was away', async () => {
    server.changesPage = 7;
    const me = await start(server, 'me');
    for (let number = 1; number <= 20; number++) server.say('c', 'ann', `message ${number}`);
    await pass(100);
    server.crash();
    for (let number = 21; number <= 50; number++) server.say('c', 'ann', `message ${number}`);
    for (const seq of [3, 17, 30, 45]) server.edit('c', seq, `edited ${seq}`);
    for (const seq of [5, 33]) server.unsend('c', seq);
    server.rename('c', 'Renamed');
    await pass(3_000);
    expect(me.store.chat('c')).toMatchObject({ name: 'Renamed', unreadCount: 48, lastSeq: 50 });
    await expectFresh(me);
  });

  it('goes back with a server that was restored from a backup', async () => {
    const me = await start(server, 'me');
    for (const text of ['kept', 'lost', 'lost too']) server.say('c', 'ann', text);
    await pass(100);
    server.crash();
    const restored = server.addChat('c', ['me', 'ann']);
    restored.append('ann', 'kept', 'k');
    await pass(3_000);
    expect(texts(me, 'c')).toEqual(['kept']);
    server.say('c', 'ann', 'after');
    await expectFresh(me);
    expect(texts(me, 'c')).toEqual(['kept', 'after']);
  });

  it('learns of chats joined and left while it was away', async () => {
    server.addChat('going', ['me', 'ann']);
    const me = await start(server, 'me');
    server.crash();
    server.leave('going', 'me');
    for (const id of ['n1', 'n2', 'n3', 'n4', 'n5']) server.addChat(id, ['me', 'ann']);
    server.say('n3', 'ann', 'hello');
    await pass(3_000);
    expect(me.store.chats.map(({ id }) => id).sort()).toEqual(['c', 'n1', 'n2', 'n3', 'n4', 'n5']);
    await expectFresh(me);
  });

  it('sees nothing of what was said before it came back into a group', async () => {
    const me = await start(server, 'me');
    server.say('c', 'ann', 'with you');
    server.leave('c', 'me');
    await pass();
    expect(me.store.chat('c')).toBeUndefined();
    server.say('c', 'ann', 'without you');
    server.join('c', 'me');
    server.say('c', 'ann', 'welcome back');
    await pass(2_000);
    await expectFresh(me);
    expect(texts(me, 'c')).toEqual(['welcome back']);
  });

  it('joins pages of history and live changes without a hole', async () => {
    for (let number = 1; number <= 120; number++) server.say('c', 'ann', `message ${number}`);
    const me = await start(server, 'me');
    expect(texts(me, 'c')).toEqual(['message 120']);
    await me.loadNewest('c');
    expect(texts(me, 'c')).toHaveLength(50);
    server.edit('c', 10, 'edited before it was loaded');
    await pass();
    await me.loadOlder('c');
    await me.loadOlder('c');
    expect(texts(me, 'c')).toHaveLength(120);
    expect(texts(me, 'c')[9]).toBe('edited before it was loaded');
    expect(me.store.history('c')).toEqual({ loaded: true, hasOlder: false, loading: false });
  });

  it('counts what is unread without holding it', async () => {
    for (let number = 1; number <= 120; number++) server.say('c', 'ann', `message ${number}`);
    const me = await start(server, 'me');
    expect(me.store.chat('c')?.unreadCount).toBe(100);
    server.read('c', 'me', 60);
    await pass(1_000);
    expect(me.store.chat('c')?.unreadCount).toBe(60);
    server.unsend('c', 70);
    server.say('c', 'ann', 'one more');
    await pass();
    expect(me.store.chat('c')?.unreadCount).toBe(60);
    server.unsend('c', 50);
    await pass();
    expect(me.store.chat('c')?.unreadCount).toBe(60);
  });

  it('marks read at once, tells the server once, and never goes back', async () => {
    for (let number = 1; number <= 10; number++) server.say('c', 'ann', `message ${number}`);
    const me = await start(server, 'me');
    for (const seq of [4, 8, 6]) me.markRead('c', seq);
    expect(me.store.chat('c')).toMatchObject({ lastReadSeq: 8 });
    await pass(2_000);
    const told = server.arrivals.filter(({ event }) => event === 'message:read').map(({ payload }) => payload);
    expect(told).toEqual([{ chatId: 'c', seq: 8 }]);
    expect(me.store.chat('c')?.unreadCount).toBe(2);
  });

  it('tells the server what has been delivered, once for many', async () => {
    const ann = await start(server, 'ann');
    const me = await start(server, 'me');
    for (const text of ['a', 'b', 'c']) ann.send('c', text);
    await pass(1_000);
    const told = server.arrivals.filter(({ event }) => event === 'message:delivered').map(({ payload }) => payload);
    expect(told).toEqual([{ chatId: 'c', seq: 3 }]);
    me.markRead('c', 2);
    await pass(1_000);
    expect(ann.store.messages('c').map(({ status }) => status)).toEqual(['read', 'read', 'delivered']);
  });

  it('gives the same objects while nothing changed', async () => {
    server.say('c', 'ann', 'one');
    const me = await start(server, 'me');
    const [messages, chats] = [me.store.messages('c'), me.store.chats];
    expect(me.store.messages('c')).toBe(messages);
    expect(me.store.chats).toBe(chats);
    const changes: string[][] = [];
    me.store.subscribe((change) => changes.push([...change.chatIds]));
    server.say('c', 'ann', 'two');
    await pass();
    expect(changes).toEqual([['c']]);
    expect(me.store.messages('c')[0]).toBe(messages[0]);
    expect(me.store.messages('c')).not.toBe(messages);
  });
});
