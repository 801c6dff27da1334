import { Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { Config, ProblemError } from '../../platform/index.js';

const NAME = 'chatr_refresh';
const MAX_AGE_MS = 30 * 24 * 3600 * 1000;

/**
 * The refresh token of a browser: out of the reach of scripts, sent to the routes under /api/auth alone, and never by another
 * site (SameSite=Strict). Where the browser says which page asks, that page must be our own as well, which also keeps out
 * neighbours on the same registrable domain, whom SameSite lets pass.
 */
@Injectable()
export class RefreshCookie {
  constructor(private readonly config: Config) {}

  write(response: Response, token: string): void {
    response.cookie(NAME, token, { ...this.options(), maxAge: MAX_AGE_MS });
  }

  clear(response: Response): void {
    response.clearCookie(NAME, this.options());
  }

  /**
   * @returns the token, or undefined when there is no cookie
   * @throws ProblemError forbidden when a foreign page asks
   */
  read(request: Request): string | undefined {
    const cookies = request.cookies as Readonly<Record<string, unknown>> | undefined;
    const token = cookies?.[NAME];
    if (typeof token !== 'string' || token === '') return undefined;
    if (!this.isOurOwn(request)) throw new ProblemError('forbidden', 'This page may not use the session.');
    return token;
  }

  private isOurOwn(request: Request): boolean {
    const origin = request.get('origin');
    if (origin === undefined) return request.get('sec-fetch-site') !== 'cross-site';
    if (!URL.canParse(origin)) return false;
    return origin === new URL(this.config.publicUrl).origin || new URL(origin).host === request.get('host');
  }

  private options(): CookieOptions {
    return {
      httpOnly: true,
      sameSite: 'strict',
      secure: this.config.publicUrl.startsWith('https:'),
      path: '/api/auth',
    };
  }
}
