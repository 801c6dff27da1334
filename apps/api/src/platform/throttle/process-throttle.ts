import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProblemError } from '../errors/problem-error.js';
import { type RateRule, Throttle } from './throttle.js';

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

function tooMany(milliseconds: number): ProblemError {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000));
  return new ProblemError('rate_limited', `Too many attempts. Try again in ${inWords(retryAfter)}.`, { retryAfter });
}

function inWords(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
