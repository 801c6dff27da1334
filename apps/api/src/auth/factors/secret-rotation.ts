import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { FactorsRepository } from './factors.repository.js';
import { SecretBox } from './secret-box.js';

const BATCH = 500;

/**
 * After ENCRYPTION_KEY was given a new first key, seals the secrets of authenticator apps anew as soon as the server starts: when
 * the old key is taken away later, nothing needs it any more.
 */
@Injectable()
export class SecretRotation implements OnApplicationBootstrap {
  private readonly logger = new Logger(SecretRotation.name);

  constructor(
    private readonly factors: FactorsRepository,
    private readonly box: SecretBox,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const seen = new Set<string>();
    for (;;) {
      const batch = await this.factors.sealedOtherwise(this.box.presentKeyId, BATCH + seen.size);
      const fresh = batch.filter(({ userId }) => !seen.has(userId));
      if (fresh.length === 0) return;
      for (const factor of fresh) {
        if (!(await this.reseal(factor.userId, factor.secret))) seen.add(factor.userId);
      }
    }
  }

  /** Answers with false for a secret whose key is gone: its owner needs a recovery code, and everybody else must not wait for it. */
  private async reseal(userId: string, secret: Buffer): Promise<boolean> {
    try {
      await this.factors.reseal({ userId, secret }, this.box.seal(this.box.open(secret, userId), userId));
      return true;
    } catch (error) {
      this.logger.warn({ err: error, userId }, 'the secret of an authenticator app cannot be read');
      return false;
    }
  }
}
