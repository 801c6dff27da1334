import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { ActorRequest } from '../http/actor.js';
import { addressKey } from '../http/client-address.js';
import { type RateRule, Throttle } from './throttle.js';

/** Generous, as a whole office may share an address. */
const REQUESTS_OF_ADDRESS: RateRule = { name: 'requests-address', points: 3_000, seconds: 60 };
const REQUESTS_OF_PERSON: RateRule = { name: 'requests-person', points: 1_200, seconds: 60 };

/** Bounds the requests of one address, before anything is known about who asks. */
@Injectable()
export class AddressThrottle implements CanActivate {
  constructor(private readonly throttle: Throttle) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() === 'http') {
      await this.throttle.consume(
        REQUESTS_OF_ADDRESS,
        addressKey(context.switchToHttp().getRequest<ActorRequest>().ip),
      );
    }
    return true;
  }
}

/** Bounds the requests of one person; it stands behind the guard that finds out who that is. */
@Injectable()
export class PersonThrottle implements CanActivate {
  constructor(private readonly throttle: Throttle) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const { actor } = context.switchToHttp().getRequest<ActorRequest>();
    if (actor !== undefined) await this.throttle.consume(REQUESTS_OF_PERSON, actor.id);
    return true;
  }
}
