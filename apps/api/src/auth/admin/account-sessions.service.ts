import { Injectable } from '@nestjs/common';
import { type Actor, type Client, ProblemError } from '../../platform/index.js';
import { SessionEndings } from '../sessions/session-endings.js';
import type { SessionListDto } from '../sessions/session.dto.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { Administrators } from './administrators.js';

/** Where somebody else is logged in, and an end to it. */
@Injectable()
export class AccountSessionsService {
  constructor(
    private readonly administrators: Administrators,
    private readonly sessions: SessionsService,
    private readonly endings: SessionEndings,
  ) {}

  /** @throws ProblemError not_found */
  async list(actor: Actor, id: string): Promise<SessionListDto> {
    await this.administrators.account(id);
    return this.sessions.list({ ...actor, id });
  }

  /** @throws ProblemError not_found for what is no live session of this account */
  async end(actor: Actor, id: string, sessionId: string, client: Client): Promise<void> {
    if (!(await this.endings.end(id, sessionId, { reason: 'administrator', actorId: actor.id, client }))) {
      throw new ProblemError('not_found', 'There is no such session.');
    }
  }

  /** @throws ProblemError not_found */
  async endAll(actor: Actor, id: string, client: Client): Promise<void> {
    await this.administrators.account(id);
    const own = id === actor.id ? actor.sessionId : undefined;
    await this.endings.endOthers(id, own, { reason: 'administrator', actorId: actor.id, client });
  }
}
