import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Client } from '../../platform/index.js';
import { KeyedHash } from '../keyed-hash.js';
import { SessionsRepository } from './sessions.repository.js';

/** How somebody's account stands to the device that logs in. */
export interface Recognition {
  /** Whether the account was used from it before. The very first log-in of an account has nothing to be new against. */
  known: boolean;
  /** The token of its cookie that is this account's, if one is. */
  token: string | undefined;
}

export interface DeviceMark {
  /** To be stored with the session. */
  hash: Buffer;
  /** To be kept by the browser: this account's token, then those of others who use it. */
  tokens: readonly string[];
}

const TOKEN_BYTES = 32;

/**
 * Tells the devices from which an account was used in the last 90 days: browsers by a token in a cookie, programs by what they call
 * themselves and from where. A session that its owner ended, or that an old token ended, vouches for nothing.
 */
@Injectable()
export class KnownDevices {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly hash: KeyedHash,
  ) {}

  async recognise(userId: string, client: Client, manager?: EntityManager): Promise<Recognition> {
    const hashes = client.deviceTokens.flatMap((token) => this.hash.candidates('device', `${userId}:${token}`));
    const seen = await this.sessions.traces(userId, hashes, client, manager);
    const token = client.deviceTokens.find((candidate) => this.isOf(userId, candidate, seen.deviceHashes));
    // Whoever has a cookie to bring and brings none of this account's is another browser, wherever it stands.
    const samePlace = seen.samePlace && !client.bringsCookies;
    return { known: token !== undefined || samePlace || !seen.any, token };
  }

  /**
   * What marks this device from now on. A token that this account has never seen is not taken over: somebody else may have planted
   * it, to be known by it later.
   */
  mark(userId: string, client: Client, known: string | undefined): DeviceMark {
    const token = known ?? randomBytes(TOKEN_BYTES).toString('base64url');
    const others = client.deviceTokens.filter((other) => other !== token);
    return { hash: this.hash.make('device', `${userId}:${token}`), tokens: [token, ...others] };
  }

  private isOf(userId: string, token: string, hashes: readonly Buffer[]): boolean {
    return hashes.some((hash) => this.hash.matches('device', `${userId}:${token}`, hash));
  }
}
