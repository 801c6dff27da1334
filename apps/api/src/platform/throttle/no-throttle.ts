import { Injectable } from '@nestjs/common';
import { Throttle } from './throttle.js';

/** Refuses nothing: `RATE_LIMITS=off`, for tests and load generators. */
@Injectable()
export class NoThrottle extends Throttle {
  override consume(): Promise<void> {
    return Promise.resolve();
  }

  override clear(): Promise<void> {
    return Promise.resolve();
  }
}
