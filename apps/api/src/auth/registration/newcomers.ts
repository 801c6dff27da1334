import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import type { Client } from '../../platform/index.js';
import { type Account, UsernamesService, UsersRepository } from '../../users/index.js';
import { InvitesService } from '../invites/invites.service.js';
import { RegistrationsRepository } from './registrations.repository.js';

/** The advisory lock under which people become accounts, one after the other: there is one first administrator. */
const COMPLETION_LOCK = 7_216_401;

/** Somebody who has proved their address. */
export type Newcomer = Pick<
  Account,
  'id' | 'email' | 'username' | 'displayName' | 'passwordHash' | 'role' | 'phone' | 'language'
>;

/** How somebody became an account, for the audit log. */
interface Admittance {
  /** By what the address was proved. */
  method: 'code' | 'single-sign-on';
  invited: boolean;
}

/** Makes accounts of people who have proved an address, whichever way. */
@Injectable()
export class Newcomers {
  constructor(
    private readonly users: UsersRepository,
    private readonly usernames: UsernamesService,
    private readonly registrations: RegistrationsRepository,
    private readonly invites: InvitesService,
    private readonly audit: AuditLog,
  ) {}

  /** Waits until nobody else is becoming an account, and keeps others waiting until the transaction ends. */
  async queue(manager: EntityManager): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [COMPLETION_LOCK]);
  }

  /**
   * Adds an account; for after `queue`.
   * @throws ProblemError username_taken, before anything was written
   */
  async add(newcomer: Newcomer, how: Admittance, client: Client, manager: EntityManager): Promise<Account> {
    const { id, email, username, role } = newcomer;
    await this.usernames.claim(username, id, manager);
    const now = new Date();
    const user: Account = {
      ...newcomer,
      about: '',
      pronouns: '',
      avatarUrl: null,
      phoneVerifiedAt: null,
      emailVerifiedAt: now,
      createdAt: now,
      suspendedAt: null,
      deletedAt: null,
    };
    await this.users.insert(user, manager);
    // The address is taken now: its other registrations and invitations have no purpose any more.
    await this.registrations.deleteByEmail(email, manager);
    await this.invites.useUp(email, manager);
    const details = { role, ...how };
    await this.audit.record({ action: 'account.registered', actorId: id, subjectId: id, client, details }, manager);
    return user;
  }
}
