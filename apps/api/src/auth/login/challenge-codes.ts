import { Injectable } from '@nestjs/common';
import { ProblemError } from '../../platform/index.js';
import type { Account } from '../../users/index.js';
import { CODE_COOLDOWN_SECONDS, Codes } from '../codes/codes.js';
import { Factors, type UseUp } from '../factors/factors.js';
import type { SentMethod } from './challenge-method.js';
import { type CountedGuess, type LoginChallenge, LoginChallengesRepository } from './login-challenges.repository.js';

/** The codes that are sent for a log-in. */
@Injectable()
export class ChallengeCodes {
  constructor(
    private readonly challenges: LoginChallengesRepository,
    private readonly codes: Codes,
    private readonly factors: Factors,
  ) {}

  /** @throws ProblemError rate_limited when the last one was sent less than 30 s ago */
  async send(challengeId: string, method: SentMethod, user: Account): Promise<void> {
    const { code, hash } = this.codes.make(challengeId);
    if (!(await this.challenges.putCode(challengeId, method.name, hash))) {
      const detail = 'A code was sent just now. Wait half a minute before asking for another.';
      throw new ProblemError('rate_limited', detail, { retryAfter: CODE_COOLDOWN_SECONDS });
    }
    method.send(user, code);
  }

  /** Undefined when the code is wrong. The challenge is used up with it; a code that was sent is not enough once an app is set up. */
  check({ id, userId }: LoginChallenge, { codeHash }: CountedGuess, code: string): UseUp | undefined {
    if (!this.codes.matches({ id, codeHash }, code.replace(/\s/g, ''))) return undefined;
    return async (manager) => !(await this.factors.isOn(userId, manager));
  }
}
