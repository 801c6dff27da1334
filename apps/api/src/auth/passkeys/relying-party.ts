import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Config, hasHostName, ProblemError } from '../../platform/index.js';

/** Who authenticators know this server as. All of it comes from the configured address, nothing from a request. */
@Injectable()
export class RelyingParty implements OnApplicationBootstrap {
  readonly id: string;
  /** Browsers keep passkeys for host names only. */
  readonly isPossible: boolean;
  private readonly origin: string;
  private readonly logger = new Logger('Passkeys');

  constructor(config: Config) {
    const { hostname, origin } = new URL(config.publicUrl);
    this.id = hostname;
    this.isPossible = hasHostName(config.publicUrl);
    this.origin = origin;
  }

  onApplicationBootstrap(): void {
    if (!this.isPossible) this.logger.warn(`Nobody can use passkeys: PUBLIC_URL (${this.origin}) has no host name.`);
  }

  /** @throws ProblemError conflict where passkeys are not possible: no browser would answer */
  require(): void {
    if (!this.isPossible)
      throw new ProblemError('conflict', 'Passkeys need a host name, and the PUBLIC_URL of this server has none.');
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
   * Runs a verification. The library throws at whatever is wrong with an answer; which it was helps nobody but an attacker:
   * undefined it is.
   */
  async check<T extends { verified: boolean }>(verify: () => Promise<T>): Promise<T | undefined> {
    const outcome = await verify().catch(() => undefined);
    return outcome?.verified === true ? outcome : undefined;
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
