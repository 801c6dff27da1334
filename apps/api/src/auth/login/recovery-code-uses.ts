import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import type { Client } from '../../platform/index.js';
import type { Account } from '../../users/index.js';
import { Factors } from '../factors/factors.js';
import { SecurityMails } from '../security-mails.js';

/** A recovery code stands for a lost app, or for a stolen list: it is written down, and the owner hears of it. */
@Injectable()
export class RecoveryCodeUses {
  constructor(
    private readonly factors: Factors,
    private readonly audit: AuditLog,
    private readonly mails: SecurityMails,
  ) {}

  async record(user: Account, client: Client, manager: EntityManager): Promise<void> {
    const left = await this.factors.recoveryCodesLeft(user.id, manager);
    await this.audit.record(
      { action: 'factor.recovery-code-used', actorId: user.id, subjectId: user.id, client, details: { left } },
      manager,
    );
  }

  /** For after the commit. */
  async tell(user: Account, client: Client): Promise<void> {
    this.mails.recoveryCodeUsed(user, client, await this.factors.recoveryCodesLeft(user.id));
  }
}
