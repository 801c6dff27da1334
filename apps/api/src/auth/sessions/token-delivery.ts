import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { TokensDto } from '../auth.dto.js';
import { FamiliarBrowsers } from './familiar-browsers.js';
import { SecurityMails } from '../security-mails.js';
import { DeviceCookie } from './device-cookie.js';
import { RefreshCookie } from './refresh-cookie.js';
import type { IssuedTokens } from './sessions.service.js';

/**
 * Hands tokens to whoever has just proved who they are: all of them in the answer, or the refresh token in the cookie. What began
 * is committed now, so this is also where the owner is told of a device that the account does not know.
 */
@Injectable()
export class TokenDelivery {
  constructor(
    private readonly refreshCookie: RefreshCookie,
    private readonly browsers: FamiliarBrowsers,
    private readonly deviceCookie: DeviceCookie,
    private readonly mails: SecurityMails,
  ) {}

  deliver({ refreshToken, logIn, ...tokens }: IssuedTokens, response: Response, cookie = false): TokensDto {
    // Nothing on the way may keep tokens.
    response.setHeader('Cache-Control', 'no-store');
    if (logIn?.unknownDevice === true) this.mails.notice('newDevice', tokens.user, logIn.client);
    if (!cookie) return { ...tokens, refreshToken };
    this.refreshCookie.write(response, refreshToken);
    this.browsers.remember(response, [tokens.user.email, tokens.user.username]);
    if (logIn !== undefined) this.deviceCookie.write(response, logIn.deviceTokens);
    return tokens;
  }
}
