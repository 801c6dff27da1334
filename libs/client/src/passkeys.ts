import type { Session } from './session.js';
import type { Passkey, PasskeyOptions } from './wire.js';

const PATH = '/api/auth/passkeys';

/**
 * One's own passkeys. Options are what the browser's WebAuthn functions take, and responses what they give, both as the JSON of the
 * specification: this package talks to no authenticator. Every method throws a `ChatrError` when the server refuses or cannot be
 * reached.
 */
export class PasskeysApi {
  constructor(private readonly session: Session) {}

  /** Oldest first. */
  async list(): Promise<Passkey[]> {
    return (await this.session.send<{ items: Passkey[] }>({ method: 'GET', path: PATH })).items;
  }

  /** What to create a passkey with, within five minutes; go on with `add`. A `conflict` where the server has no host name. */
  async options(password: string): Promise<PasskeyOptions> {
    const body = { password };
    return (await this.session.send<{ options: PasskeyOptions }>({ method: 'POST', path: `${PATH}/options`, body }))
      .options;
  }

  /** @param response the RegistrationResponseJSON of the browser */
  add(name: string, response: object): Promise<Passkey> {
    return this.session.send({ method: 'POST', path: PATH, body: { name, response } });
  }

  rename(id: string, name: string): Promise<Passkey> {
    return this.session.send({ method: 'PATCH', path: `${PATH}/${encodeURIComponent(id)}`, body: { name } });
  }

  /** It lets nobody in any more. */
  remove(id: string): Promise<void> {
    return this.session.send({ method: 'DELETE', path: `${PATH}/${encodeURIComponent(id)}` });
  }
}
