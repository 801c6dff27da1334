import { Injectable } from '@nestjs/common';
import type { Account } from '../../../users/index.js';
import { Factors, type UseUp } from '../../factors/factors.js';
import type { FactorMethod, Proof } from '../challenge-method.js';

/** The codes on paper, for whoever has lost the app. */
@Injectable()
export class RecoveryCodes implements FactorMethod {
  readonly name = 'recovery';
  readonly refusal = 'code_invalid';

  constructor(private readonly factors: Factors) {}

  async isAvailableTo(user: Account): Promise<boolean> {
    return (await this.factors.recoveryCodesLeft(user.id)) > 0;
  }

  check(user: Account, { code = '' }: Proof): Promise<UseUp | undefined> {
    return this.factors.checkRecoveryCode(user.id, code);
  }
}
