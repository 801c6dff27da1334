import type { Problem } from '@chatr/contracts';
import type { OpenSocket, ServerEvent } from '../socket.js';
import type { Me, Message, SendDraft, SyncAnswer, SyncRequest } from '../wire.js';
import { FakeChat, user } from './fake-chat.js';
import { type Arrival, type FakeSocket, fakeOpener } from './fake-socket.js';

export function problem(code: string, status: number, more: Partial<Problem> = {}): Problem {
  return { type: 'about:blank', title: code, status, detail: '', code, requestId: '', ...more };
}

type MessageEvent = 'message:received' | 'message:edited' | 'message:unsent';
type Person = { cursor: number; joins: Map<string, number>; leaves: Map<string, number> };

/** A chat server in memory, by the rules of the contract, whose connections, answers and events a test can spoil. */
export class FakeServer {
  readonly chats = new Map<string, FakeChat>();
  readonly sockets: FakeSocket[] = [];
  readonly requests: { method: string; path: string; body: unknown; token: string | undefined }[] = [];
  readonly arrivals: Arrival[] = [];
  readonly #people = new Map<string, Person>();
  #clock = 0;
  #tokens = 0;

  /** Seconds that an access token is good for. */
  tokenSeconds = 900;
  changesPage = 200;
  changesBehind = 1_000;
  /** How long each step of a message between client and server takes, in milliseconds. */
  delay = (): number => 0;
  /** How many times an event goes out to one socket: 0 loses it, 2 doubles it. */
  copies = (): number => 1;
  /** Refuses a connection; undefined lets it in. */
  refuseSocket = (_token: string): Problem | 'silence' | undefined => undefined;
  /** Refuses a message; undefined takes it. */
  refuseSend = (_draft: SendDraft): Problem | undefined => undefined;
  /** Whether what came is lost on the server: neither done nor acknowledged. */
  ignore = (_arrival: Arrival): boolean => false;
  /** Answers a request before the server does. */
  intercept = (_method: string, _path: string): Response | Promise<Response> | undefined => undefined;

  readonly openSocket: OpenSocket = fakeOpener(
    () => this.delay(),
    (socket) => this.acceptSocket(socket),
    (socket, arrival) => this.arrive(socket, arrival),
  );

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = init?.method ?? 'GET';
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    const token = new Headers(init?.headers).get('authorization')?.slice('Bearer '.length);
    this.requests.push({ method, path: url.pathname, body, token });
    return (await this.intercept(method, url.pathname)) ?? this.answer(url, body, token);
  };

  addChat(id: string, memberIds: readonly string[]): FakeChat {
    const chat = new FakeChat(id, memberIds, () => ++this.#clock);
    this.chats.set(id, chat);
    for (const userId of memberIds) this.noteJoin(chat, userId);
    return chat;
  }

  say(chatId: string, senderId: string, content: string, replyToId?: string): Message {
    const chat = this.chat(chatId);
    const message = chat.append(senderId, content, `c${++this.#clock}`, replyToId);
    this.announce(chat, message);
    return message;
  }

  edit(chatId: string, seq: number, content: string): void {
    const chat = this.chat(chatId);
    this.tellMessage(chat, 'message:edited', chat.edit(seq, content));
  }

  unsend(chatId: string, seq: number): void {
    this.tellMessage(this.chat(chatId), 'message:unsent', this.chat(chatId).unsend(seq));
  }

  rename(chatId: string, name: string): void {
    this.tell(this.chat(chatId), { name: 'chat:updated', payload: this.chat(chatId).rename(name) });
  }

  join(chatId: string, userId: string): void {
    const chat = this.chat(chatId);
    const update = chat.join(userId);
    this.noteJoin(chat, userId);
    this.tell(chat, { name: 'chat:updated', payload: update }, userId);
  }

  leave(chatId: string, userId: string): void {
    const chat = this.chat(chatId);
    const update = chat.leave(userId);
    const person = this.person(userId);
    person.leaves.set(chatId, ++person.cursor);
    person.joins.delete(chatId);
    this.tell(chat, { name: 'chat:updated', payload: update });
    this.push(userId, { name: 'chat:removed', payload: { chatId, reason: 'removed' } });
  }

  read(chatId: string, userId: string, seq: number): void {
    const chat = this.chat(chatId);
    chat.move(userId, seq, seq);
    const person = this.person(userId);
    person.joins.set(chatId, ++person.cursor);
    const payload = { chatId, userId, status: 'read' as const, seq, messageId: `${chatId}-${seq}` };
    this.tell(chat, { name: 'message:status', payload });
  }

  deliver(chatId: string, userId: string, seq: number): void {
    const chat = this.chat(chatId);
    chat.move(userId, seq, 0);
    const payload = { chatId, userId, status: 'delivered' as const, seq, messageId: `${chatId}-${seq}` };
    this.tell(chat, { name: 'message:status', payload });
  }

  /** Cuts every connection, as a crash does. */
  crash(): void {
    for (const socket of this.sockets.splice(0)) socket.cut();
  }

  push(userId: string, event: ServerEvent): void {
    for (const socket of this.sockets) {
      if (!socket.open || userOf(socket.token) !== userId) continue;
      for (let copy = this.copies(); copy > 0; copy--) socket.push(event);
    }
  }

  chat(chatId: string): FakeChat {
    const chat = this.chats.get(chatId);
    if (chat === undefined) throw new Error(`there is no chat ${chatId}`);
    return chat;
  }

  private announce(chat: FakeChat, message: Message): void {
    this.tellMessage(chat, 'message:received', message, message.senderId);
    this.push(message.senderId, { name: 'message:sent', payload: chat.quote(message, message.senderId) });
  }

  /** To those who may see the message. */
  private tellMessage(chat: FakeChat, name: MessageEvent, message: Message, except?: string): void {
    for (const [userId, member] of chat.members) {
      if (userId === except || message.seq < member.visibleFromSeq) continue;
      this.push(userId, { name, payload: chat.quote(message, userId) });
    }
  }

  private tell(chat: FakeChat, event: ServerEvent, except?: string): void {
    for (const userId of chat.members.keys()) if (userId !== except) this.push(userId, event);
  }

  private noteJoin(chat: FakeChat, userId: string): void {
    const person = this.person(userId);
    person.joins.set(chat.id, ++person.cursor);
    person.leaves.delete(chat.id);
    this.push(userId, { name: 'chat:created', payload: chat.describe(userId) });
  }

  private person(userId: string): Person {
    const person = this.#people.get(userId) ?? { cursor: 0, joins: new Map(), leaves: new Map() };
    this.#people.set(userId, person);
    return person;
  }

  private acceptSocket(socket: FakeSocket): void {
    const refusal = this.refuseSocket(socket.token);
    if (refusal === 'silence') return socket.refuse();
    if (refusal !== undefined) return socket.refuse(refusal);
    this.sockets.push(socket);
    socket.accept();
  }

  private arrive(socket: FakeSocket, arrival: Arrival): void {
    this.arrivals.push(arrival);
    if (this.ignore(arrival)) return;
    const userId = userOf(socket.token);
    if (arrival.event === 'message:send') return this.take(socket, userId, arrival);
    if (arrival.event === 'sync')
      return arrival.reply({ ok: true, ...this.sync(userId, arrival.payload as SyncRequest) });
    if (arrival.event === 'message:read' || arrival.event === 'message:delivered') {
      const { chatId, seq } = arrival.payload as { chatId: string; seq: number };
      if (!this.chat(chatId).members.has(userId))
        return arrival.reply({ ok: false, error: problem('not_a_member', 403) });
      if (arrival.event === 'message:read') this.read(chatId, userId, seq);
      else this.deliver(chatId, userId, seq);
    }
    arrival.reply({ ok: true });
  }

  private take(socket: FakeSocket, userId: string, arrival: Arrival): void {
    const draft = arrival.payload as SendDraft;
    const chat = this.chat(draft.chatId);
    const waitsFor = socket.refused.get(chat.id);
    const behind = waitsFor !== undefined && waitsFor !== draft.clientId;
    const replay = chat.find(userId, draft.clientId);
    const missing = replay !== undefined || chat.members.has(userId) ? undefined : problem('not_a_member', 403);
    const refusal = behind
      ? problem('send_again', 503)
      : (missing ?? (replay === undefined ? this.refuseSend(draft) : undefined));
    if (refusal !== undefined) {
      if (refusal.status === 503 || refusal.status === 429) socket.refused.set(chat.id, waitsFor ?? draft.clientId);
      else socket.refused.delete(chat.id);
      return arrival.reply({ ok: false, error: refusal });
    }
    socket.refused.delete(chat.id);
    const message = chat.append(userId, draft.content, draft.clientId, draft.replyToId);
    arrival.reply({
      ok: true,
      message: chat.quote(message, userId),
      ...(replay === undefined ? {} : { replayed: true }),
    });
    if (replay === undefined) this.announce(chat, message);
  }

  private sync(userId: string, { cursor = '0', chats = {} }: SyncRequest): SyncAnswer {
    const person = this.person(userId);
    const since = Number(cursor);
    const news = [...person.joins].filter(([, at]) => at > since).sort(([, a], [, b]) => a - b);
    const page = news.slice(0, 2);
    const hasMore = news.length > page.length;
    const reached = hasMore ? (page.at(-1)?.[1] ?? since) : person.cursor;
    const named = Object.entries(chats);
    const isMember = (id: string): boolean => this.chat(id).members.has(userId);
    const left = [...person.leaves]
      .filter(([id, at]) => at > since && at <= reached && !isMember(id))
      .map(([id]) => id);
    return {
      cursor: String(reached),
      hasMore,
      joined: page.map(([chatId]) => this.chat(chatId).describe(userId)),
      left: [...new Set([...left, ...named.map(([id]) => id).filter((id) => !isMember(id))])],
      chats: Object.fromEntries(
        named
          .filter(([id]) => isMember(id))
          .map(([id, version]) => [
            id,
            this.chat(id).changesSince(userId, version, this.changesPage, this.changesBehind),
          ]),
      ),
    };
  }

  private answer(url: URL, body: unknown, token: string | undefined): Response {
    if (url.pathname.startsWith('/api/auth/log') || url.pathname === '/api/auth/refresh') {
      const { identifier, refreshToken } = (body ?? {}) as { identifier?: string; refreshToken?: string };
      if (url.pathname.endsWith('logout')) return new Response(null, { status: 204 });
      return this.tokens(identifier ?? userOf(refreshToken ?? ''));
    }
    const userId = userOf(token ?? '');
    const history = /^\/api\/chats\/([^/]+)\/messages$/.exec(url.pathname);
    if (history?.[1] === undefined) return Response.json(problem('not_found', 404), { status: 404 });
    const chat = this.chat(history[1]);
    const before = Number(url.searchParams.get('before') ?? Infinity);
    const firstSeq = chat.members.get(userId)?.visibleFromSeq ?? Infinity;
    const older = chat.messages.filter((message) => message.seq < before && message.seq >= firstSeq);
    const items = older.slice(-Number(url.searchParams.get('limit'))).map((message) => chat.quote(message, userId));
    return Response.json({ items, hasMore: older.length > items.length });
  }

  private tokens(userId: string): Response {
    const number = ++this.#tokens;
    const me: Me = {
      ...user(userId),
      email: `${userId}@example.org`,
      phone: null,
      phoneVerified: false,
      language: 'en',
      role: 'user',
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    const tokens = {
      accessToken: `${userId}/a${number}`,
      refreshToken: `${userId}/r${number}`,
      expiresIn: this.tokenSeconds,
    };
    return Response.json({ ...tokens, user: me });
  }
}

/** Tokens of the fake server begin with the id of the person. */
function userOf(token: string): string {
  return token.split('/')[0] ?? '';
}
