import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, ProblemError } from '../../platform/index.js';
import { type Account, UsersRepository } from '../../users/index.js';

/** What every act upon an account begins with. */
@Injectable()
export class Administrators {
  constructor(private readonly users: UsersRepository) {}

  /**
   * Locks the active administrators until the transaction ends: of two who take the right from each other at the same moment, one
   * comes second and has it no longer.
   * @returns their ids
   * @throws ProblemError forbidden
   */
  async lock(actor: Actor, manager: EntityManager): Promise<string[]> {
    const administrators = await this.users.lockAdministrators(manager);
    if (!administrators.includes(actor.id)) throw new ProblemError('forbidden', 'Only administrators may do this.');
    return administrators;
  }

  /** @throws ProblemError not_found */
  async account(id: string, manager?: EntityManager): Promise<Account> {
    const user = await this.users.byId(id, manager);
    if (user === null) throw new ProblemError('not_found', 'There is no such person.');
    return user;
  }
}
