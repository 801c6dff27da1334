import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { FactorsRepository } from '../factors/factors.repository.js';
import { PasskeysRepository } from '../passkeys/passkeys.repository.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { FactorResets } from './factor-resets.js';

/** Registers the factors of this module: app, recovery codes, passkeys, and the devices that need no mailed code. */
@Injectable()
export class OwnFactorResets {
  constructor(
    resets: FactorResets,
    factors: FactorsRepository,
    passkeys: PasskeysRepository,
    sessions: SessionsRepository,
  ) {
    const app = async (userId: string, manager: EntityManager): Promise<number> =>
      (await factors.enabled(userId, manager)) === undefined ? 0 : 1;
    resets.register({
      kind: 'authenticator_app',
      count: app,
      reset: async (userId, manager) => {
        await factors.remove(userId, manager);
      },
    });
    resets.register({
      kind: 'recovery_codes',
      count: (userId, manager) => factors.recoveryCodesLeft(userId, manager),
      reset: (userId, manager) => factors.replaceRecoveryCodes(userId, [], manager),
    });
    resets.register({
      kind: 'passkeys',
      count: (userId, manager) => passkeys.countOf(userId, manager),
      reset: (userId, manager) => passkeys.removeAll(userId, manager),
    });
    resets.register({
      kind: 'known_devices',
      count: (userId, manager) => sessions.countKnownDevices(userId, manager),
      reset: (userId, manager) => sessions.forgetDevices(userId, manager),
    });
  }
}
