import { Injectable } from '@nestjs/common';
import { DomainEvents, NodeLink } from '../../platform/index.js';
import { RoleChanged } from '../auth-events.js';

const TOPIC = 'role-changed';

/**
 * Lets every node know whose role is another, so that none goes by what it remembers. Where that is not heard, what `LiveSessions`
 * remembers has run out a few seconds later.
 */
@Injectable()
export class RoleChanges {
  constructor(
    private readonly events: DomainEvents,
    private readonly link: NodeLink,
  ) {
    link.subscribe(TOPIC, (text) => events.publish(new RoleChanged(JSON.parse(text) as string[])));
  }

  /** For after the commit. @param sessionIds the live sessions of whoever has another role now */
  announce(sessionIds: readonly string[]): void {
    if (sessionIds.length === 0) return;
    this.events.publish(new RoleChanged(sessionIds));
    this.link.publish(TOPIC, () => JSON.stringify(sessionIds));
  }
}
