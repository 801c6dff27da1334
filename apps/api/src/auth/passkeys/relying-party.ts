import { Injectable } from '@nestjs/common';
import { Config, ProblemError } from '../../platform/index.js';

/** Who authenticators know this server as. All of it comes from the configured address, nothing from a request. */
@Injectable()
export class RelyingParty {
  readonly id: string;
  private readonly origin: string;

  constructor(config: Config) {
    const { hostname, origin } = new URL(config.publicUrl);
    this.id = hostname;
    this.origin = origin;
  }

  /** What every signed answer has to fulfil. */
  expectations(challenge: string) {
    return {
      expectedChallenge: challenge,
      expectedOrigin: this.origin,
      expectedRPID: this.id,
      requireUserVerification: true,
    };
  }

  /**
   * Runs a verification. The library throws at whatever is wrong with an answer; which it was helps nobody but an attacker.
   * @throws ProblemError passkey_invalid
   */
  async check<T extends { verified: boolean }>(verify: () => Promise<T>): Promise<T> {
    const outcome = await verify().catch(() => undefined);
    if (outcome?.verified !== true) throw new ProblemError('passkey_invalid');
    return outcome;
  }
}

/** What an authenticator keeps to say whose passkey it is: the bytes of the account's id, which tell nothing about the person. */
export function userHandle(userId: string): Buffer<ArrayBuffer> {
  return Buffer.from(userId.replaceAll('-', ''), 'hex');
}

/** The challenge that an answer says it signed; undefined where it is none. */
export function challengeOf(clientDataJson: string): string | undefined {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString());
    const challenge = typeof data === 'object' && data !== null && 'challenge' in data ? data.challenge : undefined;
    return typeof challenge === 'string' && /^[A-Za-z0-9_-]{43}$/.test(challenge) ? challenge : undefined;
  } catch {
    return undefined;
  }
}
