import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type RateRule, Throttle } from './throttle.js';
import { tooMany } from './too-many.js';

/** Counts in the memory of this process: right for one server, forgotten at its restart. */
@Injectable()
export class ProcessThrottle extends Throttle {
  private readonly limiters = new Map<string, RateLimiterMemory>();

  override async consume(rule: RateRule, key: string, points = 1): Promise<void> {
    try {
      await this.limiterOf(rule).consume(key, points);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw tooMany(refusal.msBeforeNext);
    }
  }

  override async clear(rule: RateRule, key: string): Promise<void> {
    await this.limiterOf(rule).delete(key);
  }

  private limiterOf(rule: RateRule): RateLimiterMemory {
    const known = this.limiters.get(rule.name);
    if (known !== undefined) return known;
    const limiter = new RateLimiterMemory({ keyPrefix: rule.name, points: rule.points, duration: rule.seconds });
    this.limiters.set(rule.name, limiter);
    return limiter;
  }
}
