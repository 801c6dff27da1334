import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../platform/index.js';

/** What a keyed hash is for; each purpose has keys of its own. */
export type HashPurpose = 'browser' | 'code' | 'device' | 'recovery-code' | 'refresh-successor' | 'refresh-tag';

const KEY_BYTES = 32;

/**
 * Hashes that nobody can compute without the server's key: a copy of the database does not give away codes of six digits. The
 * first configured key makes new hashes, the others still recognise old ones.
 */
@Injectable()
export class KeyedHash {
  private readonly keys = new Map<HashPurpose, Buffer[]>();

  constructor(private readonly config: Config) {}

  /** 32 bytes, by the first key. */
  make(purpose: HashPurpose, data: string | Buffer): Buffer {
    const [first] = this.candidates(purpose, data);
    if (first === undefined) throw new Error('no encryption key is configured');
    return first;
  }

  /** The hash by each key, the first key's first. */
  candidates(purpose: HashPurpose, data: string | Buffer): Buffer[] {
    return this.keysFor(purpose).map((key) => createHmac('sha256', key).update(data).digest());
  }

  /** Whether one of the keys made this hash, or the beginning of it, of the data. Takes the same time for every wrong hash. */
  matches(purpose: HashPurpose, data: string | Buffer, hash: Buffer): boolean {
    return this.candidates(purpose, data).some((candidate) =>
      timingSafeEqual(candidate.subarray(0, hash.length), hash),
    );
  }

  private keysFor(purpose: HashPurpose): Buffer[] {
    const known = this.keys.get(purpose);
    if (known !== undefined) return known;
    const made = this.config.encryptionKeys.map((key) =>
      Buffer.from(hkdfSync('sha256', key, '', `chatr:${purpose}`, KEY_BYTES)),
    );
    this.keys.set(purpose, made);
    return made;
  }
}
