/** Buckets of equal relative width: 64 to each doubling, so that a value is known to within 1.6 %. */
const STEPS_LOG2 = 6;
const STEPS = 1 << STEPS_LOG2;
/** Values up to 2^31 µs, about 36 minutes. */
const BUCKETS = STEPS * (32 - STEPS_LOG2);
const HIGHEST = 2 ** 31 - 1;

/** What is told of a latency, in milliseconds. */
export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** Counts latencies in constant memory, however many there are. */
export class Histogram {
  private readonly counts = new Uint32Array(BUCKETS);
  private highest = 0;
  count = 0;

  /** @param ms what is negative counts as 0: two clocks' readings may cross by rounding */
  record(ms: number): void {
    const micros = Math.min(Math.max(Math.round(ms * 1000), 0), HIGHEST);
    const bucket = bucketOf(micros);
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.count++;
    if (micros > this.highest) this.highest = micros;
  }

  /** The least value, in ms, that this share (0 to 1) of what was recorded does not exceed; 0 when nothing was. */
  quantile(share: number): number {
    const wanted = Math.max(1, Math.ceil(this.count * share));
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.counts[bucket] ?? 0;
      if (seen >= wanted) return Math.min(upperEnd(bucket), this.highest) / 1000;
    }
    return 0;
  }

  /** Undefined when nothing was recorded. */
  percentiles(): Percentiles | undefined {
    if (this.count === 0) return undefined;
    return {
      p50: this.quantile(0.5),
      p95: this.quantile(0.95),
      p99: this.quantile(0.99),
      max: this.highest / 1000,
    };
  }
}

function bucketOf(micros: number): number {
  if (micros < STEPS * 2) return micros;
  const doublings = 31 - Math.clz32(micros) - STEPS_LOG2;
  return doublings * STEPS + (micros >>> doublings);
}

function upperEnd(bucket: number): number {
  if (bucket < STEPS * 2) return bucket;
  const doublings = Math.floor(bucket / STEPS) - 1;
  return (STEPS + (bucket % STEPS) + 1) * 2 ** doublings - 1;
}
