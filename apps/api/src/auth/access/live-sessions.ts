import { Injectable } from '@nestjs/common';
import { DomainEvents } from '../../platform/index.js';
import { RoleChanged, SessionsEnded } from '../auth-events.js';
import type { SessionState } from '../sessions/session-state.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';

interface Remembered {
  state: Promise<SessionState>;
  /** Milliseconds since the process started. */
  until: number;
}

/** What another node does to a session is heard of at once; where it is not, it is noticed after this long. */
const REMEMBERED_MS = 5_000;
const CAPACITY = 20_000;

/** Knows which sessions are good, without asking the database for every request. */
@Injectable()
export class LiveSessions {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly sessions: SessionsRepository,
    events: DomainEvents,
  ) {
    events.on(SessionsEnded, ({ sessionIds, reason }) => {
      const state: SessionState = { kind: reason === 'suspended' ? 'suspended' : 'ended' };
      // Replaces also a look-up that is under way and may have read the row before the end was committed.
      for (const id of sessionIds) this.remember(id, Promise.resolve(state));
    });
    // Who asks next reads the new role; an old one that is being read is for those who asked before.
    events.on(RoleChanged, ({ sessionIds }) => {
      for (const id of sessionIds) this.remembered.delete(id);
    });
  }

  stateOf(sessionId: string): Promise<SessionState> {
    const known = this.remembered.get(sessionId);
    if (known !== undefined && known.until > performance.now()) return known.state;
    const state = this.sessions.state(sessionId);
    const entry = this.remember(sessionId, state);
    // A failure is nothing to remember.
    state.catch(() => {
      if (this.remembered.get(sessionId) === entry) this.remembered.delete(sessionId);
    });
    return state;
  }

  private remember(sessionId: string, state: Promise<SessionState>): Remembered {
    const entry = { state, until: performance.now() + REMEMBERED_MS };
    // Taken out and put back, so that the map's order is that of age.
    this.remembered.delete(sessionId);
    this.remembered.set(sessionId, entry);
    if (this.remembered.size > CAPACITY) {
      const [oldest] = this.remembered.keys();
      if (oldest !== undefined) this.remembered.delete(oldest);
    }
    return entry;
  }
}
