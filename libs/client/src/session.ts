import { ChatrError } from './errors.js';
import type { Http, HttpRequest } from './http.js';
import type { TokenStorage } from './options.js';
import type { Me, SessionEndReason, Tokens } from './wire.js';

/** An access token, and when it expires, in milliseconds since the epoch. */
export interface AccessToken {
  token: string;
  expiresAt: number;
  /** How long it was good for, in milliseconds. */
  lifetime: number;
}

interface SessionHandlers {
  /** Another access token: the first one of a session, or one that replaces another. */
  renewed(token: AccessToken): void;
  /** The session was over when it was to be refreshed. */
  ended(reason: SessionEndReason): void;
}

/** Holds the tokens of one person and renews them, one refresh at a time. */
export class Session {
  #me: Me | undefined;
  #access: AccessToken | undefined;
  #refreshToken: string | undefined;
  #refreshing: Promise<AccessToken> | undefined;
  /** Counts log-ins and log-outs, so that an answer to a refresh that they overtook is not taken for the present session's. */
  #generation = 0;
  #leaving = false;

  constructor(
    private readonly http: Http,
    private readonly transport: 'cookie' | 'body',
    private readonly lockName: string,
    private readonly storage: TokenStorage,
    private readonly handlers: SessionHandlers,
  ) {}

  get me(): Me | undefined {
    return this.#me;
  }

  /** The person changed their own profile. */
  updateMe(me: Me): void {
    this.#me = me;
  }

  /** Begins a session with the answer to a log-in. */
  async begin(tokens: Tokens): Promise<Me> {
    this.#generation++;
    this.#refreshing = undefined;
    await this.accept(tokens);
    return tokens.user;
  }

  /** Ends the session here in any case, and on the server if it can be reached. Nobody is told that it ended. */
  async leave(): Promise<void> {
    this.#leaving = true;
    try {
      if (this.#me !== undefined) await this.send({ method: 'POST', path: '/api/auth/logout' });
    } catch (error) {
      if (!(error instanceof ChatrError)) throw error;
    } finally {
      await this.clear();
      this.#leaving = false;
    }
  }

  /** Forgets the session, here and in the storage. */
  async clear(): Promise<void> {
    this.#generation++;
    this.#refreshing = undefined;
    this.#me = undefined;
    this.#access = undefined;
    this.#refreshToken = undefined;
    await this.storage.save(undefined);
  }

  /**
   * A token that is good for a while yet.
   * @throws ChatrError when it had to be refreshed and could not be
   */
  async accessToken(): Promise<AccessToken> {
    const access = this.#access;
    return access !== undefined && access.expiresAt - Date.now() > Math.min(30_000, access.lifetime / 5)
      ? access
      : this.refresh();
  }

  /** A request in the name of the person. When the token turns out to be too old, it is made once more with a new one. */
  async send<T>(request: Omit<HttpRequest, 'token'>): Promise<T> {
    const { token } = await this.accessToken();
    try {
      return await this.http.send<T>({ ...request, token });
    } catch (error) {
      if (!(error instanceof ChatrError) || error.status !== 401 || error.code === 'credentials_invalid') throw error;
      const fresh = this.#access !== undefined && this.#access.token !== token ? this.#access : await this.refresh();
      return this.http.send<T>({ ...request, token: fresh.token });
    }
  }

  /** Exchanges the refresh token. Whoever asks while an exchange is under way gets the same one. */
  refresh(): Promise<AccessToken> {
    if (this.#refreshing !== undefined) return this.#refreshing;
    const refreshing = this.exclusively(() => this.exchange()).finally(() => {
      if (this.#refreshing === refreshing) this.#refreshing = undefined;
    });
    this.#refreshing = refreshing;
    return refreshing;
  }

  private async exchange(): Promise<AccessToken> {
    const generation = this.#generation;
    if (this.transport === 'body') this.#refreshToken ??= await this.storage.load();
    if (this.transport === 'body' && this.#refreshToken === undefined) throw unauthenticated();
    try {
      const body = this.transport === 'body' ? { refreshToken: this.#refreshToken } : {};
      const tokens = await this.http.send<Tokens>({ method: 'POST', path: '/api/auth/refresh', body });
      if (generation !== this.#generation) throw unauthenticated();
      return await this.accept(tokens);
    } catch (error) {
      if (generation === this.#generation && error instanceof ChatrError) await this.endOnRefusal(error);
      throw error;
    }
  }

  private async endOnRefusal(error: ChatrError): Promise<void> {
    if (error.status !== 401 && error.status !== 403) return;
    const known = this.#me !== undefined && !this.#leaving;
    await this.clear();
    if (known) this.handlers.ended(error.code === 'account_suspended' ? 'suspended' : 'expired');
  }

  private async accept(tokens: Tokens): Promise<AccessToken> {
    const lifetime = tokens.expiresIn * 1_000;
    const access = { token: tokens.accessToken, expiresAt: Date.now() + lifetime, lifetime };
    this.#access = access;
    this.#me = tokens.user;
    if (tokens.refreshToken !== undefined) {
      this.#refreshToken = tokens.refreshToken;
      await this.storage.save(tokens.refreshToken);
    }
    this.handlers.renewed(access);
    return access;
  }

  /** The tabs of a browser share one cookie: they take turns, so that none sends a token that another has just used. */
  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.transport === 'body' || typeof navigator === 'undefined' || !('locks' in navigator)) return work();
    return navigator.locks.request(this.lockName, work);
  }
}

function unauthenticated(): ChatrError {
  return new ChatrError({
    type: 'about:blank',
    title: 'Sign in first',
    status: 401,
    detail: '',
    code: 'unauthenticated',
    requestId: '',
  });
}

/** Keeps the refresh token for as long as the client lives. */
export class MemoryTokenStorage implements TokenStorage {
  #token: string | undefined;

  load(): string | undefined {
    return this.#token;
  }

  save(token: string | undefined): void {
    this.#token = token;
  }
}
