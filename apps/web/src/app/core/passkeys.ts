import { inject, Injectable } from '@angular/core';
import type { LoginChallenge, PasskeyOptions } from '@chatr/client';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { Chatr } from './chatr';

/** The browser asks nobody any more: the person said no, or something else began. */
const STOPPED = 'stopped';

/**
 * Passkeys as the browser keeps them. What it refuses is told in words, which the methods return; undefined means that it is done.
 * What the server refuses is thrown, as everywhere.
 */
@Injectable({ providedIn: 'root' })
export class Passkeys {
  private readonly chatr = inject(Chatr);

  /** Browsers have them on pages that came over HTTPS, and on localhost. */
  readonly supported = typeof PublicKeyCredential === 'function';

  async add(name: string, password: string): Promise<string | undefined> {
    const optionsJSON = creationOptions(await this.chatr.auth.passkeys.options(password));
    const outcome = await ceremony(({ startRegistration }) => startRegistration({ optionsJSON }));
    if (typeof outcome === 'string') return ADD_WORDS[outcome] ?? ADD_WORDS[STOPPED];
    await this.chatr.auth.passkeys.add(name, outcome);
    return undefined;
  }

  async signIn(): Promise<string | undefined> {
    const optionsJSON = requestOptions(await this.chatr.auth.passkeyLoginOptions());
    const outcome = await ceremony(({ startAuthentication }) => startAuthentication({ optionsJSON }));
    if (typeof outcome === 'string') return NOT_SIGNED_IN;
    await this.chatr.signIn((auth) => auth.passkeyLogin(outcome));
    return undefined;
  }

  /** The second step of signing in. */
  async confirm({ id }: LoginChallenge): Promise<string | undefined> {
    const optionsJSON = requestOptions(await this.chatr.auth.loginOptions(id, 'passkey'));
    const outcome = await ceremony(({ startAuthentication }) => startAuthentication({ optionsJSON }));
    if (typeof outcome === 'string') return NOT_SIGNED_IN;
    await this.chatr.signIn((auth) => auth.loginVerify(id, 'passkey', outcome));
    return undefined;
  }

  /**
   * Has the browser offer passkeys where the name is typed, for as long as the challenge is good and nothing else asks for one.
   * @returns whether the person has signed in with one
   */
  async offer(stillWanted: () => boolean): Promise<boolean> {
    const { browserSupportsWebAuthnAutofill } = await library();
    if (!(await browserSupportsWebAuthnAutofill())) return false;
    const optionsJSON = requestOptions(await this.chatr.auth.passkeyLoginOptions());
    if (!stillWanted()) return false;
    const outcome = await ceremony(({ startAuthentication }) =>
      startAuthentication({ optionsJSON, useBrowserAutofill: true }),
    );
    if (typeof outcome === 'string' || !stillWanted()) return false;
    await this.chatr.signIn((auth) => auth.passkeyLogin(outcome));
    return true;
  }

  /** Ends whatever the browser is asking. */
  async stop(): Promise<void> {
    (await library()).WebAuthnAbortService.cancelCeremony();
  }
}

/** Fetched when it is needed: most people who open Chatr are signed in. */
const library = () => import('@simplewebauthn/browser');
type Library = Awaited<ReturnType<typeof library>>;

const NOT_SIGNED_IN = 'No passkey was used. Try again, or sign in another way.';

const ADD_WORDS: Readonly<Record<string, string>> = {
  [STOPPED]: 'No passkey was created. Try again when you are ready.',
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: 'This device already has a passkey for your account.',
  ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT: 'This device cannot keep passkeys. Use another one.',
  ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT:
    'This device cannot check that it is you. Give it a PIN or a fingerprint first.',
};

/** What the browser answers, or why it does not. */
async function ceremony<T extends object>(ask: (its: Library) => Promise<T>): Promise<T | string> {
  const its = await library();
  try {
    return await ask(its);
  } catch (error) {
    if (error instanceof its.WebAuthnError) return error.code;
    // A no, a timeout, and whatever else a browser or an authenticator comes up with.
    return STOPPED;
  }
}

// The server makes them with the other half of the same library; on the wire they are any JSON.
function creationOptions(options: PasskeyOptions): PublicKeyCredentialCreationOptionsJSON {
  return options as unknown as PublicKeyCredentialCreationOptionsJSON;
}

function requestOptions(options: PasskeyOptions): PublicKeyCredentialRequestOptionsJSON {
  return options as unknown as PublicKeyCredentialRequestOptionsJSON;
}
