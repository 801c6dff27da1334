import type { Session } from './session.js';
import type { TotpSetup, TwoFactorState } from './wire.js';

/** One's own authenticator app. Every method throws a `ChatrError` when the server refuses or cannot be reached. */
export class TwoFactorApi {
  constructor(private readonly session: Session) {}

  /** Whether it is on, and how many recovery codes are left. */
  state(): Promise<TwoFactorState> {
    return this.session.send({ method: 'GET', path: '/api/auth/2fa' });
  }

  /** Begins a set-up, in place of one begun before; `enable` completes it within 10 minutes. A `conflict` while it is on. */
  setup(): Promise<TotpSetup> {
    return this.post('setup', {});
  }

  /** Turns it on with a code that the app shows. Returns ten recovery codes, which nobody can be shown again. */
  async enable(code: string): Promise<string[]> {
    return (await this.post<{ recoveryCodes: string[] }>('enable', { code })).recoveryCodes;
  }

  async disable(password: string): Promise<void> {
    await this.post('disable', { password });
  }

  /** Ten new recovery codes; the ones before work no longer. */
  async renewRecoveryCodes(password: string): Promise<string[]> {
    return (await this.post<{ recoveryCodes: string[] }>('recovery-codes', { password })).recoveryCodes;
  }

  private post<T>(step: string, body: object): Promise<T> {
    return this.session.send<T>({ method: 'POST', path: `/api/auth/2fa/${step}`, body });
  }
}
