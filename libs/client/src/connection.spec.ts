import { jest } from '@jest/globals';
import { FakeServer, problem } from './testing/fake-server.js';
import { logIn, pass, start } from './testing/harness.js';

describe('the connection', () => {
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

  const refreshes = (): number => server.requests.filter(({ path }) => path === '/api/auth/refresh').length;
  const waitOf = (nextAttemptAt: number | undefined): number => (nextAttemptAt ?? 0) - Date.now();

  it.each([
    [0, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]],
    [0.999_999, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]],
  ])('comes back after longer and longer waits (chance %d)', async (chance, waits) => {
    const me = await start(server, 'me', { random: () => chance });
    server.refuseSocket = () => 'silence';
    server.crash();
    for (const wait of waits) {
      expect(me.connection.state).toBe('offline');
      expect(waitOf(me.connection.nextAttemptAt)).toBeCloseTo(wait, -1);
      await pass(wait);
      await pass(1); // for the refusal to arrive
    }
  });

  it('comes back soon after a connection that lasted', async () => {
    const me = await start(server, 'me', { random: () => 0 });
    for (let times = 0; times < 3; times++) {
      await pass(60_000);
      server.crash();
      expect(waitOf(me.connection.nextAttemptAt)).toBe(500);
    }
  });

  it('comes back at once when asked to', async () => {
    const me = await start(server, 'me');
    server.crash();
    expect(me.connection.state).toBe('offline');
    me.reconnectNow();
    expect(me.connection.state).toBe('connecting');
    await pass();
    expect(me.connection).toEqual({ state: 'online' });
  });

  it.each([0.1, 0.5, 0.999])('leaves a draining server within the time it gave (chance %d)', async (chance) => {
    const me = await start(server, 'me', { random: () => chance });
    const first = server.sockets[0]!;
    server.push('me', { name: 'server:draining', payload: { reconnectWithinMs: 10_000 } });
    await pass(chance * 10_000 - 5);
    expect(first.open).toBe(true);
    await pass(10);
    expect(first.open).toBe(false);
    expect(me.connection.state).toBe('online');
    expect(server.sockets).toHaveLength(2);
  });

  it('keeps to the moment it chose when the draining server goes first', async () => {
    const me = await start(server, 'me', { random: () => 0.5 });
    server.push('me', { name: 'server:draining', payload: { reconnectWithinMs: 10_000 } });
    await pass(1_000);
    server.crash();
    expect(waitOf(me.connection.nextAttemptAt)).toBe(4_000);
  });

  it('renews its token before that expires, and lives on', async () => {
    server.tokenSeconds = 3;
    const me = await start(server, 'me');
    const socket = server.sockets[0]!;
    await pass(10_000);
    const renewals = server.arrivals.filter(({ event }) => event === 'auth:renew').map(({ payload }) => payload);
    expect(renewals.length).toBeGreaterThanOrEqual(4);
    expect(renewals[0]).toEqual({ token: 'me/a2' });
    expect(socket.open).toBe(true);
    expect(me.connection.state).toBe('online');
  });

  it('fetches another token when the server refuses the one it has', async () => {
    server.refuseSocket = (token) => (token === 'me/a1' ? problem('token_expired', 401) : undefined);
    const me = await start(server, 'me', { random: () => 0 });
    await pass(2_000);
    expect(me.connection.state).toBe('online');
    expect(refreshes()).toBe(1);
  });

  it('stops for good when the session is ended, and says why', async () => {
    const onSessionEnded = jest.fn();
    const me = await start(server, 'me', { onSessionEnded });
    server.push('me', { name: 'session:ended', payload: { reason: 'revoked' } });
    await pass(120_000);
    expect(onSessionEnded.mock.calls).toEqual([['revoked']]);
    expect(me.connection).toEqual({ state: 'offline' });
    expect(me.auth.me).toBeUndefined();
    expect(server.sockets).toHaveLength(1);
  });

  it('goes on with another token when only the token has expired', async () => {
    const onSessionEnded = jest.fn();
    const me = await start(server, 'me', { onSessionEnded });
    server.push('me', { name: 'session:ended', payload: { reason: 'expired' } });
    await pass(2_000);
    expect(onSessionEnded).not.toHaveBeenCalled();
    expect(me.connection.state).toBe('online');
    expect(server.sockets.at(-1)?.token).toBe('me/a2');
  });

  it('does not connect without a session', async () => {
    const me = await logIn(server, 'me');
    await me.auth.logout();
    me.connect();
    await pass(120_000);
    expect(me.connection).toEqual({ state: 'offline' });
    expect(server.sockets).toEqual([]);
  });

  it('tells of typing seldom, and of its end by itself', async () => {
    const me = await start(server, 'me');
    const told = (): string[] =>
      server.arrivals.map(({ event }) => event).filter((event) => event.startsWith('typing'));
    for (let strokes = 0; strokes < 20; strokes++) {
      me.setTyping('c', true);
      await pass(200);
    }
    expect(told()).toEqual(['typing:start', 'typing:start']);
    await pass(10_000);
    expect(told()).toEqual(['typing:start', 'typing:start', 'typing:stop']);
  });

  it('forgets who is typing after a while, and when their message comes', async () => {
    const me = await start(server, 'me');
    const typing = { name: 'typing:status', payload: { chatId: 'c', userId: 'ann', isTyping: true } } as const;
    server.push('me', typing);
    await pass();
    expect(me.store.typing('c')).toEqual(['ann']);
    await pass(6_000);
    expect(me.store.typing('c')).toEqual([]);
    server.push('me', typing);
    server.say('c', 'ann', 'done');
    await pass();
    expect(me.store.typing('c')).toEqual([]);
  });

  it('knows who is here as the server tells it', async () => {
    const me = await start(server, 'me');
    server.push('me', { name: 'presence:update', payload: { users: [{ userId: 'ann', status: 'online' }] } });
    await pass();
    expect(me.store.presence('ann')).toEqual({ userId: 'ann', status: 'online' });
    server.push('me', { name: 'user:status', payload: { userId: 'ann', status: 'away' } });
    await pass();
    expect(me.store.presence('ann')?.status).toBe('away');
    server.crash();
    await pass(2_000);
    expect(me.store.presence('ann')).toBeUndefined();
  });
});
