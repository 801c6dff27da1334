import { Injectable } from '@nestjs/common';
import { DomainEvents, NodeLink } from '../../platform/index.js';
import { type SessionEndReason, SessionsEnded } from '../auth-events.js';
import { SessionsRepository } from './sessions.repository.js';

const TOPIC = 'sessions-ended';

/** Lets every node know which sessions are over: at once, and by looking again where that may not have been heard. */
@Injectable()
export class SessionRevocations {
  constructor(
    private readonly events: DomainEvents,
    private readonly link: NodeLink,
    private readonly sessions: SessionsRepository,
  ) {
    link.subscribe(TOPIC, (text) => {
      const { userId, sessionIds, reason } = JSON.parse(text) as SessionsEnded;
      events.publish(new SessionsEnded(userId, sessionIds, reason));
    });
  }

  /** Tells everybody who keeps something going for these sessions, here and elsewhere; for after the commit. */
  announce(userId: string, sessionIds: readonly string[], reason: SessionEndReason): void {
    if (sessionIds.length === 0) return;
    const ended = new SessionsEnded(userId, sessionIds, reason);
    this.events.publish(ended);
    this.link.publish(TOPIC, () => JSON.stringify(ended));
  }

  /** Tells, here only, which of these sessions are over. */
  async lookAgain(sessionIds: readonly string[]): Promise<void> {
    for (const { id, userId, suspended } of await this.sessions.over(sessionIds)) {
      this.events.publish(new SessionsEnded(userId, [id], suspended ? 'suspended' : 'revoked'));
    }
  }
}
