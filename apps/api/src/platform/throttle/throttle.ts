/** So many points in so much time. Rules with the same name share their counts. */
export interface RateRule {
  /** Unique among the rules. */
  name: string;
  points: number;
  /** The window's length; it opens with the first point taken. */
  seconds: number;
}

/** Counts what people, addresses and accounts do, and refuses what is too much. An injection token with adapters. */
export abstract class Throttle {
  /**
   * Takes points of a rule for a key.
   * @throws ProblemError rate_limited with the seconds to wait, when fewer are left
   */
  abstract consume(rule: RateRule, key: string, points?: number): Promise<void>;

  /** Forgets what a key has taken of a rule. */
  abstract clear(rule: RateRule, key: string): Promise<void>;
}
