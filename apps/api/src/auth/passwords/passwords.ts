import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import bcrypt from 'bcrypt';
import { LIMITS } from '@chatr/contracts';
import { Config } from '../../platform/index.js';

/** What the hash of an account without a password begins with; no bcrypt hash does. */
const UNUSABLE = '!';

/** Hashes and compares passwords. */
@Injectable()
export class Passwords {
  private decoy: Promise<string> | undefined;

  constructor(private readonly config: Config) {}

  hash(password: string): Promise<string> {
    return bcrypt.hash(password, this.config.passwordRounds);
  }

  /**
   * What an account has in place of a hash whose owner has chosen no password: no password matches it. Each is another one, as
   * sessions begin only while what was there at the log-in still is.
   */
  unusable(): string {
    return `${UNUSABLE}${randomBytes(24).toString('base64url')}`;
  }

  /** Whether an account can be logged in to with a password. */
  isUsable(hash: string): boolean {
    return hash !== '' && !hash.startsWith(UNUSABLE);
  }

  /** Whether a hash took more or less work than one would now. */
  isOutdated(hash: string): boolean {
    return bcrypt.getRounds(hash) !== this.config.passwordRounds;
  }

  /** Whether this is the password. Takes as long where there is no hash to compare with, so that time tells nobody about accounts. */
  async matches(password: string, stored: string | undefined): Promise<boolean> {
    const hash = stored !== undefined && this.isUsable(stored) ? stored : undefined;
    // bcrypt reads no more than 72 bytes and would take a longer text for its beginning.
    const possible = Buffer.byteLength(password) <= LIMITS.passwordBytes && !password.includes('\0');
    const equal = await bcrypt.compare(possible ? password : '', hash ?? (await this.decoyHash()));
    const right = equal && possible && hash !== undefined;
    if (!right && hash !== undefined) await this.makeUpFor(hash);
    return right;
  }

  /** Does what a hash from before the rounds rose was short of: each round doubles the work, so 10, 10 and 11 are as much as 12. */
  private async makeUpFor(hash: string): Promise<void> {
    for (let rounds = bcrypt.getRounds(hash); rounds < this.config.passwordRounds; rounds++)
      await bcrypt.hash('', rounds);
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= this.hash(randomBytes(24).toString('base64url'));
    return this.decoy;
  }
}
