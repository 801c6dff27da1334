import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/index.js';
import type { Account } from '../../users/index.js';
import { EmailCodes } from './methods/email-codes.js';
import { PasskeySignatures } from './methods/passkey-signatures.js';
import { RecoveryCodes } from './methods/recovery-codes.js';
import { SmsCodes } from './methods/sms-codes.js';
import { TotpCodes } from './methods/totp-codes.js';
import type { ChallengeMethodName, FactorMethod, SentMethod } from './challenge-method.js';

/**
 * Every way to take the second step of a log-in, and which of them somebody is offered. A new one is a class beside the others in
 * `methods`, and a place in one of the two lists.
 */
@Injectable()
export class ChallengeMethods {
  private readonly factors: readonly FactorMethod[];
  private readonly sent: readonly SentMethod[];

  constructor(
    private readonly config: Config,
    private readonly passkey: PasskeySignatures,
    totp: TotpCodes,
    recovery: RecoveryCodes,
    email: EmailCodes,
    sms: SmsCodes,
  ) {
    this.factors = [totp, passkey, recovery];
    this.sent = [email, sms];
  }

  /** In the order in which people see them; none: the password is enough. Who has set up an app is always asked for it. */
  async offeredTo(user: Account, deviceIsKnown: boolean): Promise<ChallengeMethodName[]> {
    const factors = await available(this.factors, user);
    if (factors.includes('totp')) return factors;
    const { loginVerification } = this.config;
    const trusted = loginVerification === 'off' || (loginVerification === 'new-device' && deviceIsKnown);
    return trusted ? [] : available([this.passkey, ...this.sent], user);
  }

  factor(name: ChallengeMethodName): FactorMethod | undefined {
    return this.factors.find((method) => method.name === name);
  }

  sender(name: ChallengeMethodName): SentMethod | undefined {
    return this.sent.find((method) => method.name === name);
  }
}

async function available(
  methods: readonly (FactorMethod | SentMethod)[],
  user: Account,
): Promise<ChallengeMethodName[]> {
  const answers = await Promise.all(methods.map((method) => method.isAvailableTo(user)));
  return methods.filter((_, index) => answers[index]).map(({ name }) => name);
}
