import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Config, DEVICE_COOKIE } from '../../platform/index.js';

/** As long as browsers keep a cookie; what it is worth is decided by the sessions. */
const MAX_AGE_MS = 400 * 24 * 3600 * 1000;
const CAPACITY = 5;

/** What lets a browser be known again. It opens nothing: with it a password is enough where without it a code is asked for, too. */
@Injectable()
export class DeviceCookie {
  constructor(private readonly config: Config) {}

  write(response: Response, tokens: readonly string[]): void {
    response.cookie(DEVICE_COOKIE, tokens.slice(0, CAPACITY).join('.'), {
      httpOnly: true,
      sameSite: 'strict',
      secure: this.config.publicUrl.startsWith('https:'),
      path: '/api/auth',
      maxAge: MAX_AGE_MS,
    });
  }
}
