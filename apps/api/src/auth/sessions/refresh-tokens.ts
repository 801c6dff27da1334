import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parse, stringify } from 'uuid';
import { KeyedHash } from '../keyed-hash.js';

export interface RefreshToken {
  sessionId: string;
  /** What the client holds, base64url. */
  text: string;
  /** What the database holds: of the id and the secret, as the tag changes with the server's key. */
  hash: Buffer;
}

const ID_BYTES = 16;
const SECRET_BYTES = 32;
const TAG_BYTES = 16;
const TOKEN_BYTES = ID_BYTES + SECRET_BYTES + TAG_BYTES;

/**
 * A refresh token is the session's id, a secret, and a tag that proves that this server made it: so an old token can be told
 * from an invented one without keeping a row for each. A successor's secret is derived from the token with the server's key,
 * which is why a repeated token can be given the same successor although only hashes are stored.
 */
@Injectable()
export class RefreshTokens {
  constructor(private readonly hash: KeyedHash) {}

  /** The first of a session. */
  first(sessionId: string): RefreshToken {
    return this.assemble(sessionId, randomBytes(SECRET_BYTES));
  }

  /** Undefined for what this server never made. */
  read(text: string): RefreshToken | undefined {
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length !== TOKEN_BYTES || bytes.toString('base64url') !== text) return undefined;
    const body = bytes.subarray(0, ID_BYTES + SECRET_BYTES);
    if (!this.hash.matches('refresh-tag', body, bytes.subarray(body.length))) return undefined;
    return { sessionId: stringify(bytes.subarray(0, ID_BYTES)), text, hash: sha256(body) };
  }

  /** The token that a token is exchanged for, by each configured key, the present key's first. */
  successors(token: RefreshToken): [RefreshToken, ...RefreshToken[]] {
    const [present, ...earlier] = this.hash
      .candidates('refresh-successor', Buffer.from(token.text, 'base64url').subarray(0, ID_BYTES + SECRET_BYTES))
      .map((secret) => this.assemble(token.sessionId, secret));
    if (present === undefined) throw new Error('no encryption key is configured');
    return [present, ...earlier];
  }

  private assemble(sessionId: string, secret: Buffer): RefreshToken {
    const body = Buffer.concat([parse(sessionId), secret]);
    const bytes = Buffer.concat([body, this.hash.make('refresh-tag', body).subarray(0, TAG_BYTES)]);
    return { sessionId, text: bytes.toString('base64url'), hash: sha256(body) };
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
