import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RedisConnections } from '../redis/redis-connections.js';
import { type RateRule, Throttle } from './throttle.js';
import { tooMany } from './too-many.js';

/** Rules that allow so much are counted in portions: asking Redis at each message would cost more than it protects. */
const GENEROUS_POINTS = 100;
/** Of a generous rule a node takes this share at once. At most so much of it is lost when somebody changes from node to node. */
const PORTION = 1 / 20;
const CAPACITY = 20_000;

interface Portion {
  left: number;
  /** Milliseconds of `performance.now()`; the window in Redis ends then. */
  until: number;
  /** Under way to get more. */
  taking: Promise<void> | undefined;
}

/**
 * Counts in Redis, for all nodes together. While Redis is away each node counts for itself, from nothing: better too lenient for a
 * while than nobody let in.
 */
export class RedisThrottle extends Throttle {
  private readonly limiters = new Map<string, RateLimiterRedis>();
  private readonly portions = new Map<string, Portion>();

  constructor(private readonly redis: RedisConnections) {
    super();
  }

  override async consume(rule: RateRule, key: string, points = 1): Promise<void> {
    if (rule.points < GENEROUS_POINTS) {
      await this.take(rule, key, points);
      return;
    }
    const portion = this.portionOf(rule, key);
    while (portion.left < points || portion.until <= performance.now()) {
      portion.taking ??= this.refill(portion, rule, key, points).finally(() => (portion.taking = undefined));
      await portion.taking;
    }
    portion.left -= points;
  }

  override async clear(rule: RateRule, key: string): Promise<void> {
    this.portions.delete(`${rule.name}:${key}`);
    await this.limiterOf(rule).delete(key);
  }

  private async refill(portion: Portion, rule: RateRule, key: string, points: number): Promise<void> {
    const share = Math.max(points, Math.floor(rule.points * PORTION));
    const left = await this.take(rule, key, share);
    // What was left over is of a window that has passed.
    if (portion.until <= performance.now()) portion.left = 0;
    portion.left += share;
    portion.until = performance.now() + left;
  }

  /** @returns the milliseconds until the window ends */
  private async take(rule: RateRule, key: string, points: number): Promise<number> {
    try {
      return (await this.limiterOf(rule).consume(key, points)).msBeforeNext;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw tooMany(refusal.msBeforeNext);
    }
  }

  private portionOf(rule: RateRule, key: string): Portion {
    const name = `${rule.name}:${key}`;
    const known = this.portions.get(name);
    if (known !== undefined) return known;
    if (this.portions.size >= CAPACITY) this.forgetPassed();
    const portion: Portion = { left: 0, until: 0, taking: undefined };
    this.portions.set(name, portion);
    return portion;
  }

  private forgetPassed(): void {
    const now = performance.now();
    for (const [name, { until, taking }] of this.portions) {
      if (until <= now && taking === undefined) this.portions.delete(name);
    }
  }

  private limiterOf(rule: RateRule): RateLimiterRedis {
    const known = this.limiters.get(rule.name);
    if (known !== undefined) return known;
    const counts = { points: rule.points, duration: rule.seconds };
    const limiter = new RateLimiterRedis({
      ...counts,
      storeClient: this.redis.commands,
      rejectIfRedisNotReady: true,
      keyPrefix: `${this.redis.prefix}:rate:${rule.name}`,
      insuranceLimiter: new RateLimiterMemory({ ...counts, keyPrefix: rule.name }),
      // Who floods is refused without asking Redis. Not for the narrow rules: those are cleared, which other nodes would not hear.
      ...(rule.points < GENEROUS_POINTS ? {} : { inMemoryBlockOnConsumed: rule.points + 1 }),
    });
    this.limiters.set(rule.name, limiter);
    return limiter;
  }
}
