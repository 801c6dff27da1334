import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** The kinds in the order in which they are shown. */
export const FACTOR_KINDS = ['authenticator_app', 'recovery_codes', 'passkeys', 'known_devices'] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** One kind of factor, as far as administration is concerned: how many there are, and away with them. */
export interface ResettableFactor {
  readonly kind: FactorKind;
  count(userId: string, manager: EntityManager): Promise<number>;
  /** Takes all of them away, within the transaction that resets the account's factors. */
  reset(userId: string, manager: EntityManager): Promise<void>;
}

/**
 * The kinds of factors an administrator can take from somebody who is locked out. Each registers itself in the constructor of a
 * provider, so that administration need not know their tables, and a new kind cannot be forgotten here for long: it is not shown.
 */
@Injectable()
export class FactorResets {
  private readonly factors = new Map<FactorKind, ResettableFactor>();

  register(factor: ResettableFactor): void {
    if (this.factors.has(factor.kind)) throw new Error(`“${factor.kind}” is registered twice`);
    this.factors.set(factor.kind, factor);
  }

  async state(userId: string, manager: EntityManager): Promise<{ kind: FactorKind; count: number }[]> {
    const states: { kind: FactorKind; count: number }[] = [];
    for (const factor of this.inOrder()) {
      states.push({ kind: factor.kind, count: await factor.count(userId, manager) });
    }
    return states;
  }

  /** Takes every factor of an account away. Answers with how many there were of each kind. */
  async reset(userId: string, manager: EntityManager): Promise<{ kind: FactorKind; count: number }[]> {
    const before = await this.state(userId, manager);
    for (const factor of this.inOrder()) await factor.reset(userId, manager);
    return before;
  }

  private inOrder(): ResettableFactor[] {
    return FACTOR_KINDS.flatMap((kind) => this.factors.get(kind) ?? []);
  }
}
