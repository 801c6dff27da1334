import { ChatrError } from './errors.js';
import type { Http } from './http.js';
import { PasskeysApi } from './passkeys.js';
import type { Session } from './session.js';
import { TwoFactorApi } from './two-factor.js';
import type { ChallengeMethod, LoginChallenge, Me, PasskeyOptions, Session as SessionInfo, Tokens } from './wire.js';

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

/** What the right password leads to: the person is in, or has to take a second step. */
export type LoginOutcome = { me: Me } | { challenge: LoginChallenge };

/** Accounts and sessions. Every method throws a `ChatrError` when the server refuses or cannot be reached. */
export class AuthApi {
  /** One's own authenticator app and recovery codes. */
  readonly twoFactor: TwoFactorApi;
  readonly passkeys: PasskeysApi;

  constructor(
    private readonly http: Http,
    private readonly session: Session,
    private readonly transport: 'cookie' | 'body',
    private readonly loggedOut: () => void,
  ) {
    this.twoFactor = new TwoFactorApi(session);
    this.passkeys = new PasskeysApi(session);
  }

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

  /** By e-mail address or username. With a challenge nobody is logged in yet: go on with `loginVerify`. */
  async login(identifier: string, password: string): Promise<LoginOutcome> {
    const answer = await this.post<Tokens | { challenge: LoginChallenge }>('login', {
      identifier,
      password,
      ...this.inCookie(),
    });
    return 'challenge' in answer ? answer : { me: await this.session.begin(answer) };
  }

  /**
   * The second step of a log-in, with a code of one of its methods, or the browser's AuthenticationResponseJSON. A
   * `challenge_ended` means: begin again with the password.
   */
  loginVerify(challengeId: string, method: ChallengeMethod, proof: string | object): Promise<Me> {
    const given = typeof proof === 'string' ? { code: proof } : { response: proof };
    return this.logIn('login/verify', { challengeId, method, ...given });
  }

  /** What a method needs that begins with the server: for `passkey`, what the browser signs within five minutes. */
  async loginOptions(challengeId: string, method: ChallengeMethod): Promise<PasskeyOptions> {
    return (await this.post<{ options: PasskeyOptions }>('login/options', { challengeId, method })).options;
  }

  /** For a log-in without name and password: what the browser signs within five minutes. Go on with `passkeyLogin`. */
  async passkeyLoginOptions(): Promise<PasskeyOptions> {
    return (await this.post<{ options: PasskeyOptions }>('passkeys/login/options', {})).options;
  }

  /** @param response the AuthenticationResponseJSON of the browser. No second step follows. */
  passkeyLogin(response: object): Promise<Me> {
    return this.logIn('passkeys/login', { response });
  }

  /** Sends the code of a log-in, or another one after 30 s. Not needed where a sent code is the only method: that one is on its way. */
  async sendLoginCode(challengeId: string, method: ChallengeMethod): Promise<void> {
    await this.post('login/code', { challengeId, method });
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

  /** Changes the password of whoever is logged in, and ends every session but this one. */
  changePassword(current: string, password: string): Promise<void> {
    return this.session.send({ method: 'POST', path: '/api/auth/password', body: { current, password } });
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

  /** Logs this person out everywhere but here. */
  endOtherSessions(): Promise<void> {
    return this.session.send({ method: 'DELETE', path: '/api/auth/sessions' });
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
    return this.session.begin(await this.post<Tokens>(step, { ...credentials, ...this.inCookie() }));
  }

  private inCookie(): { cookie?: true } {
    return this.transport === 'cookie' ? { cookie: true } : {};
  }

  private post<T>(step: string, body: object): Promise<T> {
    return this.http.send<T>({ method: 'POST', path: `/api/auth/${step}`, body });
  }
}
