import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { InvitesService } from '../invites/invites.service.js';
import { PasswordResetsRepository } from '../passwords/password-resets.repository.js';
import { RegistrationsRepository } from '../registration/registrations.repository.js';

/** What has to go when an account gets another address. */
@Injectable()
export class AddressSuccession {
  constructor(
    private readonly resets: PasswordResetsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly invites: InvitesService,
  ) {}

  /**
   * Takes the code away with which whoever reads the old mailbox could choose a new password, and what waits for the new address
   * to get an account: it has one now.
   */
  async settle(userId: string, email: string, manager: EntityManager): Promise<void> {
    await this.resets.forget(userId, manager);
    await this.registrations.deleteByEmail(email, manager);
    await this.invites.useUp(email, manager);
  }
}
