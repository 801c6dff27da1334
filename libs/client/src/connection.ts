import { ChatrError } from './errors.js';
import type { AccessToken, Session } from './session.js';
import type { ChatEvent, OpenSocket, PeopleEvent, ServerEvent, SocketPort } from './socket.js';
import { backoffMs, type Random, type Timer } from './timing.js';
import type { ConnectionView } from './views.js';
import type { Ack, ClientEvents, SessionEndReason } from './wire.js';

const REQUEST_TIMEOUT_MS = 10_000;
/** A connection that lasted this long counts as a good one: the next attempt after it comes soon. */
const STEADY_MS = 10_000;
/** An access token is renewed this long before it expires, or after two thirds of its life if that is later. */
const RENEW_BEFORE_MS = 60_000;
const RENEW_AGAIN_MS = 5_000;

type Sent<E extends keyof ClientEvents> = Parameters<ClientEvents[E]>[0];
type Answer<E extends keyof ClientEvents> = Extract<Parameters<Parameters<ClientEvents[E]>[1]>[0], { ok: true }>;

export interface ConnectionHandlers {
  changed(view: ConnectionView): void;
  /** The connection stands. Comes before any event of it. */
  opened(): void;
  /** It is gone; requests under way have failed with `network_error`. */
  closed(): void;
  event(event: ChatEvent | PeopleEvent): void;
  /** The server ended the session: no further attempt is made. */
  ended(reason: SessionEndReason): void;
}

/** Keeps one socket open for as long as it is wanted: reconnects with jitter, renews its token, moves when its server drains. */
export class Connection {
  #view: ConnectionView = { state: 'offline' };
  #wanted = false;
  #socket: SocketPort | undefined;
  #attempt = 0;
  #openedAt = 0;
  /** Set when the server announced its end: when to leave it, or to come back if it went first. */
  #leaveAt: number | undefined;
  /** Set when the last socket was refused for its token: that one must not be used again. */
  #tokenRefused = false;
  #timer: Timer | undefined;
  #renewTimer: Timer | undefined;
  readonly #requests = new Set<(error: ChatrError) => void>();

  constructor(
    private readonly baseUrl: string,
    private readonly session: Session,
    private readonly open: OpenSocket,
    private readonly random: Random,
    private readonly handlers: ConnectionHandlers,
  ) {}

  get view(): ConnectionView {
    return this.#view;
  }

  get online(): boolean {
    return this.#view.state === 'online';
  }

  connect(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#attempt = 0;
    void this.attempt();
  }

  disconnect(): void {
    this.#wanted = false;
    this.drop();
    this.show({ state: 'offline' });
  }

  reconnectNow(): void {
    if (this.#wanted && this.#view.state === 'offline') void this.attempt();
  }

  /**
   * Emits an event and waits for its acknowledgement.
   * @throws ChatrError the server's problem, `timeout`, or `network_error` when there is no connection or it went away meanwhile
   */
  request<E extends keyof ClientEvents>(event: E, payload: Sent<E>): Promise<Answer<E>> {
    const socket = this.#socket;
    if (socket === undefined || !this.online) return Promise.reject(ChatrError.local('network_error', 'not connected'));
    return new Promise<Answer<E>>((resolve, reject) => {
      const fail = (error: ChatrError): void => {
        clearTimeout(timer);
        this.#requests.delete(fail);
        reject(error);
      };
      const timer = setTimeout(() => fail(ChatrError.local('timeout', `no answer to ${event}`)), REQUEST_TIMEOUT_MS);
      const reply = (ack: Ack): void => {
        if (!ack.ok) return fail(new ChatrError(ack.error));
        clearTimeout(timer);
        this.#requests.delete(fail);
        resolve(ack as Answer<E>);
      };
      this.#requests.add(fail);
      socket.emit(event, ...([payload, reply] as unknown as Parameters<ClientEvents[E]>));
    });
  }

  /** The session has another access token: an open socket goes on with it. */
  tokenRenewed(access: AccessToken): void {
    if (!this.online) return;
    this.request('auth:renew', { token: access.token }).catch(() => undefined); // refused: the server ends the socket when the old one expires
    this.planRenewal(access);
  }

  private async attempt(): Promise<void> {
    this.drop();
    this.show({ state: 'connecting' });
    const view = this.#view;
    try {
      const access = await (this.#tokenRefused ? this.session.refresh() : this.session.accessToken());
      if (this.#view !== view) return;
      this.#tokenRefused = false;
      this.#socket = this.open(this.baseUrl, access.token, {
        opened: () => this.opened(access),
        refused: (problem) => this.refused(problem?.status),
        closed: () => this.lost(),
        event: (event) => this.receive(event),
      });
    } catch (error) {
      if (this.#view !== view) return;
      const noSession = error instanceof ChatrError && (error.status === 401 || error.status === 403);
      if (noSession) this.disconnect();
      else this.lost();
    }
  }

  private opened(access: AccessToken): void {
    this.#openedAt = Date.now();
    this.#leaveAt = undefined;
    this.show({ state: 'online' });
    this.planRenewal(access);
    this.handlers.opened();
  }

  private refused(status: number | undefined): void {
    if (status === 401) this.#tokenRefused = true;
    this.lost();
  }

  private receive(event: ServerEvent): void {
    if (event.name === 'server:draining') return this.leaveWithin(event.payload.reconnectWithinMs);
    if (event.name !== 'session:ended') return this.handlers.event(event);
    if (event.payload.reason === 'expired') {
      this.#tokenRefused = true; // the session may still be good for another token
      return this.lost();
    }
    this.disconnect();
    this.handlers.ended(event.payload.reason);
  }

  private leaveWithin(withinMs: number): void {
    const delay = Math.round(this.random() * withinMs);
    this.#leaveAt = Date.now() + delay;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.attempt(), delay);
  }

  private lost(): void {
    if (!this.#wanted) return;
    if (this.#openedAt > 0 && Date.now() - this.#openedAt > STEADY_MS) this.#attempt = 0;
    const leaveAt = this.#leaveAt;
    const delay = leaveAt === undefined ? backoffMs(this.#attempt++, this.random) : Math.max(0, leaveAt - Date.now());
    this.drop();
    this.show({ state: 'offline', nextAttemptAt: Date.now() + delay });
    this.#timer = setTimeout(() => void this.attempt(), delay);
  }

  private drop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#renewTimer);
    this.#leaveAt = undefined;
    this.#openedAt = 0;
    this.#socket?.close();
    this.#socket = undefined;
    const wasOnline = this.online;
    if (wasOnline) this.#view = { state: 'offline' };
    for (const fail of [...this.#requests]) fail(ChatrError.local('network_error', 'the connection was lost'));
    if (wasOnline) this.handlers.closed();
  }

  private planRenewal({ expiresAt, lifetime }: AccessToken): void {
    const margin = Math.min(RENEW_BEFORE_MS, lifetime / 3);
    this.renewIn(Math.max(0, expiresAt - margin - Date.now()));
  }

  private renewIn(delayMs: number): void {
    clearTimeout(this.#renewTimer);
    // What comes of it arrives at tokenRenewed; a failure other than the session's end is tried again.
    const renew = (): void => void this.session.refresh().catch(() => this.online && this.renewIn(RENEW_AGAIN_MS));
    this.#renewTimer = setTimeout(renew, Math.min(delayMs, 0x7fffffff));
  }

  private show(view: ConnectionView): void {
    this.#view = view;
    this.handlers.changed(view);
  }
}
