import { Injectable } from '@nestjs/common';
import type { Account } from '../../../users/index.js';
import { Factors, type UseUp } from '../../factors/factors.js';
import type { FactorMethod, Proof } from '../challenge-method.js';

/** The codes of an authenticator app. */
@Injectable()
export class TotpCodes implements FactorMethod {
  readonly name = 'totp';
  readonly refusal = 'code_invalid';

  constructor(private readonly factors: Factors) {}

  isAvailableTo(user: Account): Promise<boolean> {
    return this.factors.isOn(user.id);
  }

  check(user: Account, { code = '' }: Proof): Promise<UseUp | undefined> {
    return this.factors.checkTotp(user.id, code.replace(/\s/g, ''));
  }
}
