import { Injectable, Logger } from '@nestjs/common';

type EventClass<T> = abstract new (...args: never[]) => T;

/**
 * Carries what has been committed from the module that did it to those that tell others. Events are classes, named in the
 * past tense; publish them after the commit only. Handlers run at once, in the order they subscribed; one that throws is
 * logged and disturbs neither the publisher nor the other handlers.
 */
@Injectable()
export class DomainEvents {
  private readonly logger = new Logger(DomainEvents.name);
  private readonly handlers = new Map<unknown, ((event: never) => void)[]>();

  on<T extends object>(type: EventClass<T>, handler: (event: T) => void): void {
    this.handlers.set(type, [...(this.handlers.get(type) ?? []), handler]);
  }

  publish(event: object): void {
    for (const handler of this.handlers.get(event.constructor) ?? []) {
      try {
        handler(event as never);
      } catch (error) {
        this.logger.error({ err: error, event: event.constructor.name }, 'an event handler failed');
      }
    }
  }
}
