import { Injectable } from '@nestjs/common';
import type { Client } from '../../../platform/index.js';
import type { Account } from '../../../users/index.js';
import type { UseUp } from '../../factors/factors.js';
import type { CeremonyDto } from '../../passkeys/passkey.dto.js';
import { Passkeys } from '../../passkeys/passkeys.js';
import type { FactorMethod, Proof } from '../challenge-method.js';

/** One of the person's passkeys, in place of a code. */
@Injectable()
export class PasskeySignatures implements FactorMethod {
  readonly name = 'passkey';
  readonly refusal = 'passkey_invalid';

  constructor(private readonly passkeys: Passkeys) {}

  isAvailableTo(user: Account): Promise<boolean> {
    return this.passkeys.has(user.id);
  }

  options(user: Account): Promise<CeremonyDto> {
    return this.passkeys.secondStepOptions(user.id);
  }

  async check(user: Account, { response }: Proof, client: Client): Promise<UseUp | undefined> {
    return response === undefined ? undefined : this.passkeys.checkSecondStep(user, response, client);
  }
}
