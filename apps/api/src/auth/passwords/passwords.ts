import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import bcrypt from 'bcrypt';
import { LIMITS } from '@chatr/contracts';
import { Config } from '../../platform/index.js';

/** Hashes and compares passwords. */
@Injectable()
export class Passwords {
  private decoy: Promise<string> | undefined;

  constructor(private readonly config: Config) {}

  hash(password: string): Promise<string> {
    return bcrypt.hash(password, this.config.passwordRounds);
  }

  /** Whether this is the password. Takes as long where there is no hash to compare with, so that time tells nobody about accounts. */
  async matches(password: string, hash: string | undefined): Promise<boolean> {
    // bcrypt reads no more than 72 bytes and would take a longer text for its beginning.
    const possible = Buffer.byteLength(password) <= LIMITS.passwordBytes && !password.includes('\0');
    const equal = await bcrypt.compare(possible ? password : '', hash ?? (await this.decoyHash()));
    return equal && possible && hash !== undefined;
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= this.hash(randomBytes(24).toString('base64url'));
    return this.decoy;
  }
}
