import { ChatrError } from './errors.js';
import type { Http } from './http.js';
import type { Session } from './session.js';
import type { Me, Session as SessionInfo, Tokens } from './wire.js';

export interface Registration {
  email: string;
  username: string;
  password: string;
  displayName: string;
  /** With its country; unverified until `confirmPhoneChange`. */
  phone?: string;
  /** In which mails are written; left out: the browser's. */
  language?: Me['language'];
  /** From the link of an invitation. */
  inviteToken?: string;
}

/** Accounts and sessions. Every method throws a `ChatrError` when the server refuses or cannot be reached. */
export class AuthApi {
  constructor(
    private readonly http: Http,
    private readonly session: Session,
    private readonly transport: 'cookie' | 'body',
    private readonly loggedOut: () => void,
  ) {}

  /** Who is logged in. */
  get me(): Me | undefined {
    return this.session.me;
  }

  /** A code is mailed; go on with `verifyEmail`. */
  register(registration: Registration): Promise<{ userId: string }> {
    return this.post('register', registration);
  }

  /** Logs in, too. With the `userId` that registering gave, the code of nobody else's registration for the same address is taken. */
  verifyEmail(email: string, code: string, userId?: string): Promise<Me> {
    return this.logIn('verify-email', { email, code, ...(userId === undefined ? {} : { userId }) });
  }

  async resendCode(email: string): Promise<void> {
    await this.post('resend-code', { email });
  }

  /** By e-mail address or username. */
  login(identifier: string, password: string): Promise<Me> {
    return this.logIn('login', { identifier, password });
  }

  /** Ends the session here in any case, and on the server if it can be reached. */
  async logout(): Promise<void> {
    this.loggedOut();
    await this.session.leave();
  }

  async forgotPassword(email: string): Promise<void> {
    await this.post('forgot-password', { email });
  }

  async resetPassword(email: string, code: string, password: string): Promise<void> {
    await this.post('reset-password', { email, code, password });
  }

  /** Mails a code to the present address and one to the new; go on with `confirmEmailChange`. */
  async requestEmailChange(email: string, password: string): Promise<void> {
    await this.ask('email-change', { email, password });
  }

  confirmEmailChange(presentCode: string, newCode: string): Promise<Me> {
    return this.changeMe('email-change/confirm', { presentCode, newCode });
  }

  /** Texts a code to the number; go on with `confirmPhoneChange`. */
  async requestPhoneChange(phone: string, password: string): Promise<void> {
    await this.ask('phone-change', { phone, password });
  }

  confirmPhoneChange(code: string): Promise<Me> {
    return this.changeMe('phone-change/confirm', { code });
  }

  removePhone(password: string): Promise<Me> {
    return this.changeMe('phone-change/remove', { password });
  }

  /** Takes up the session of the cookie or the stored token; undefined where there is none. */
  async restore(): Promise<Me | undefined> {
    try {
      await this.session.refresh();
    } catch (error) {
      if (!(error instanceof ChatrError) || (error.status !== 401 && error.status !== 403)) throw error;
    }
    return this.me;
  }

  /** Where this person is logged in. */
  async sessions(): Promise<SessionInfo[]> {
    return (await this.session.send<{ items: SessionInfo[] }>({ method: 'GET', path: '/api/auth/sessions' })).items;
  }

  endSession(id: string): Promise<void> {
    return this.session.send({ method: 'DELETE', path: `/api/auth/sessions/${encodeURIComponent(id)}` });
  }

  private async changeMe(step: string, body: object): Promise<Me> {
    const me = await this.ask<Me>(step, body);
    this.session.updateMe(me);
    return me;
  }

  /** As somebody who is logged in. */
  private ask<T>(step: string, body: object): Promise<T> {
    return this.session.send<T>({ method: 'POST', path: `/api/auth/${step}`, body });
  }

  private async logIn(step: string, credentials: object): Promise<Me> {
    const cookie = this.transport === 'cookie' ? { cookie: true } : {};
    return this.session.begin(await this.post<Tokens>(step, { ...credentials, ...cookie }));
  }

  private post<T>(step: string, body: object): Promise<T> {
    return this.http.send<T>({ method: 'POST', path: `/api/auth/${step}`, body });
  }
}
