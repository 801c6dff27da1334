import { Injectable } from '@nestjs/common';
import type { Account } from '../../../users/index.js';
import { AuthTexts } from '../../auth-texts.js';
import type { SentMethod } from '../challenge-method.js';

/** A code by text message, for whoever has proved that a number is theirs, on a server that sends any. */
@Injectable()
export class SmsCodes implements SentMethod {
  readonly name = 'sms';

  constructor(private readonly texts: AuthTexts) {}

  isAvailableTo({ phone, phoneVerifiedAt }: Account): Promise<boolean> {
    return Promise.resolve(this.texts.offered && phone !== null && phoneVerifiedAt !== null);
  }

  send({ phone, language }: Account, code: string): void {
    if (phone !== null) this.texts.loginCode(phone, language, code);
  }
}
