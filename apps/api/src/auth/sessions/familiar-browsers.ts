import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Config, BROWSER_COOKIE } from '../../platform/index.js';
import { KeyedHash } from '../keyed-hash.js';

const ID_BYTES = 12;
const PROOF_BYTES = 16;
const MAX_AGE_MS = 365 * 24 * 3600 * 1000;

/**
 * Browsers in which somebody has logged in before. Each keeps a number of its own and a proof, by this server's key, for the address and for
 * the username that may be typed there; nothing of it is stored here. It opens nothing: it lets throttles tell the owner's browser
 * from a stranger's who guesses the same account's password elsewhere.
 */
@Injectable()
export class FamiliarBrowsers {
  constructor(
    private readonly hash: KeyedHash,
    private readonly config: Config,
  ) {}

  /** Notes in the browser who has just logged in there. */
  remember(response: Response, names: readonly string[]): void {
    const id = randomBytes(ID_BYTES).toString('base64url');
    const proofs = names.map((name) => this.hash.make('browser', dataOf(id, name)).subarray(0, PROOF_BYTES));
    const value = [id, ...proofs.map((proof) => proof.toString('base64url'))].join('.');
    response.cookie(BROWSER_COOKIE, value, {
      httpOnly: true,
      sameSite: 'strict',
      secure: this.config.publicUrl.startsWith('https:'),
      path: '/api/auth',
      maxAge: MAX_AGE_MS,
    });
  }

  /** The browser's number, if this is one in which somebody logged in by this name; else undefined. */
  idOf(browser: string | undefined, name: string): string | undefined {
    const [id, ...proofs] = (browser ?? '').split('.');
    if (id === undefined || proofs.length === 0) return undefined;
    const isKnown = proofs.some((text) => {
      const proof = Buffer.from(text, 'base64url');
      return proof.length === PROOF_BYTES && this.hash.matches('browser', dataOf(id, name), proof);
    });
    return isKnown ? id : undefined;
  }
}

function dataOf(id: string, name: string): string {
  return `${id} ${name}`;
}
