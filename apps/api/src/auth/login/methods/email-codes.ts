import { Injectable } from '@nestjs/common';
import type { Account } from '../../../users/index.js';
import { AuthMails } from '../../auth-mails.js';
import type { SentMethod } from '../challenge-method.js';

/** A code by mail. Everybody has a verified address. */
@Injectable()
export class EmailCodes implements SentMethod {
  readonly name = 'email';

  constructor(private readonly mails: AuthMails) {}

  isAvailableTo(_user: Account): Promise<boolean> {
    return Promise.resolve(true);
  }

  send(user: Account, code: string): void {
    this.mails.loginCode(user, code);
  }
}
