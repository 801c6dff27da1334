import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { TokensDto } from '../auth.dto.js';
import { FamiliarBrowsers } from './familiar-browsers.js';
import { RefreshCookie } from './refresh-cookie.js';
import type { IssuedTokens } from './sessions.service.js';

/** Hands tokens to whoever has just proved who they are: all of them in the answer, or the refresh token in the cookie. */
@Injectable()
export class TokenDelivery {
  constructor(
    private readonly refreshCookie: RefreshCookie,
    private readonly browsers: FamiliarBrowsers,
  ) {}

  deliver({ refreshToken, ...tokens }: IssuedTokens, response: Response, cookie = false): TokensDto {
    // Nothing on the way may keep tokens.
    response.setHeader('Cache-Control', 'no-store');
    if (!cookie) return { ...tokens, refreshToken };
    this.refreshCookie.write(response, refreshToken);
    this.browsers.remember(response, [tokens.user.email, tokens.user.username]);
    return tokens;
  }
}
