import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ProblemError } from '../../platform/index.js';
import type { Account } from '../../users/index.js';
import { KeyedHash } from '../keyed-hash.js';
import { FactorsRepository } from './factors.repository.js';
import { newRecoveryCodes, normaliseRecoveryCode } from './recovery-code.js';
import { SecretBox } from './secret-box.js';
import { enrolment, newTotpSecret, stepOf } from './totp.js';

/** Uses up, within a transaction, what was found to be right. Answers with false when somebody else has just done so. */
export type UseUp = (manager: EntityManager) => Promise<boolean>;

/** Authenticator apps and recovery codes: how they are made, compared and used up. Who may, is decided by others. */
@Injectable()
export class Factors {
  constructor(
    private readonly rows: FactorsRepository,
    private readonly box: SecretBox,
    private readonly hash: KeyedHash,
  ) {}

  async state(userId: string): Promise<{ enabled: boolean; recoveryCodesLeft: number }> {
    const [enabled, recoveryCodesLeft] = await Promise.all([this.isOn(userId), this.rows.recoveryCodesLeft(userId)]);
    return { enabled, recoveryCodesLeft };
  }

  async isOn(userId: string, manager?: EntityManager): Promise<boolean> {
    return (await this.rows.enabled(userId, manager)) !== undefined;
  }

  /** Begins a set-up. Undefined when an app is in use. */
  async begin(user: Account): Promise<{ secret: string; otpauthUrl: string } | undefined> {
    const secret = newTotpSecret();
    const put = await this.rows.putPending({ userId: user.id, secret: this.box.seal(secret, user.id) });
    return put ? enrolment(secret, user.email) : undefined;
  }

  /**
   * Compares the first code of a set-up.
   * @returns what puts it to use, and makes its recovery codes
   * @throws ProblemError code_invalid, or conflict when no set-up waits
   */
  async confirm(userId: string, code: string): Promise<(manager: EntityManager) => Promise<string[]>> {
    const pending = await this.rows.pending(userId);
    if (pending === undefined) throw noSetup();
    const step = stepOf(this.box.open(pending.secret, userId), code);
    if (step === undefined) throw new ProblemError('code_invalid');
    return async (manager) => {
      if (!(await this.rows.enable(pending, step, manager))) throw noSetup();
      return this.renewRecoveryCodes(userId, manager);
    };
  }

  /** Compares a code of the app in use. Undefined when it is wrong. */
  async checkTotp(userId: string, code: string): Promise<UseUp | undefined> {
    const factor = await this.rows.enabled(userId);
    if (factor === undefined) return undefined;
    const step = stepOf(this.box.open(factor.secret, userId), code);
    return step === undefined ? undefined : (manager) => this.rows.useStep(userId, step, manager);
  }

  /** Compares a recovery code. Undefined when it is wrong or used. */
  async checkRecoveryCode(userId: string, code: string): Promise<UseUp | undefined> {
    const hashes = this.hash.candidates('recovery-code', `${userId}:${normaliseRecoveryCode(code)}`);
    if (!(await this.rows.hasRecoveryCode(userId, hashes))) return undefined;
    return (manager) => this.rows.useRecoveryCode(userId, hashes, manager);
  }

  recoveryCodesLeft(userId: string, manager?: EntityManager): Promise<number> {
    return this.rows.recoveryCodesLeft(userId, manager);
  }

  /** A new set in place of the one before. */
  async renewRecoveryCodes(userId: string, manager: EntityManager): Promise<string[]> {
    const codes = newRecoveryCodes();
    const hashes = codes.map((code) => this.hash.make('recovery-code', `${userId}:${normaliseRecoveryCode(code)}`));
    await this.rows.replaceRecoveryCodes(userId, hashes, manager);
    return codes;
  }

  /** Takes app and recovery codes away. Answers with whether the app was in use. */
  remove(userId: string, manager: EntityManager): Promise<boolean> {
    return this.rows.remove(userId, manager);
  }
}

function noSetup(): ProblemError {
  return new ProblemError('conflict', 'The set-up is over, was begun again, or was never begun. Begin it again.');
}
