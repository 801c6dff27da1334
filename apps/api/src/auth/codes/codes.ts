import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyedHash } from '../keyed-hash.js';

/** For how long a mailed code is good. */
export const CODE_SECONDS = 600;
/** How often one may guess before a code is dead. */
export const CODE_TRIES = 5;
/** How long one waits before another code is mailed. */
export const CODE_COOLDOWN_SECONDS = 30;

export interface Code {
  /** Six digits, to be mailed and forgotten. */
  code: string;
  /** To be stored. */
  hash: Buffer;
}

/** A row that a code was made for, as it is when a guess at it has been counted. */
export interface GuessedCode {
  id: string;
  codeHash: Buffer | null;
}

/** Makes and checks mailed codes. Counting tries is the database's business, since guesses may come at the same time. */
@Injectable()
export class Codes {
  constructor(private readonly hash: KeyedHash) {}

  /** A new code for a row; the hash is good for that row alone. */
  make(rowId: string): Code {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    return { code, hash: this.hash.make('code', `${rowId}:${code}`) };
  }

  matches({ id, codeHash }: GuessedCode, code: string): boolean {
    return codeHash !== null && this.hash.matches('code', `${id}:${code}`, codeHash);
  }
}
