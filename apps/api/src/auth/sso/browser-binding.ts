import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { Config } from '../../platform/index.js';

const MAX_AGE_MS = 10 * 60 * 1000;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/**
 * Binds a flow to the browser that began it, by a secret in a cookie. Without it, somebody could begin a sign-in as themselves
 * and have another browser finish it, whose owner would then write into a stranger's account.
 *
 * SameSite=Lax and not Strict: the provider sends the browser back, and a Strict cookie is left out of a request that another
 * site caused. Lax lets it pass with such a plain navigation, and with nothing else. Over TLS its name begins with `__Host-`,
 * so that no neighbour on the same domain can put one in its place.
 */
@Injectable()
export class BrowserBinding {
  private readonly name: string;
  private readonly options: CookieOptions;

  constructor(config: Config) {
    const secure = config.publicUrl.startsWith('https:');
    this.name = secure ? '__Host-chatr_sso' : 'chatr_sso';
    this.options = { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: MAX_AGE_MS };
  }

  /** The browser's secret; a new one where it has none. Several tabs may be on their way at once, so they share it. */
  ensure(request: Request, response: Response): string {
    const secret = this.read(request) ?? randomBytes(32).toString('base64url');
    response.cookie(this.name, secret, this.options);
    return secret;
  }

  /** Undefined for a browser that has begun nothing. */
  read(request: Request): string | undefined {
    const cookies = request.cookies as Readonly<Record<string, unknown>> | undefined;
    const secret = cookies?.[this.name];
    return typeof secret === 'string' && SECRET.test(secret) ? secret : undefined;
  }
}
