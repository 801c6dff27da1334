import { Injectable } from '@nestjs/common';
import type { Client } from '../../platform/index.js';
import type { Account } from '../../users/index.js';
import { KnownDevices } from '../sessions/known-devices.js';
import { type IssuedTokens, SessionsService } from '../sessions/sessions.service.js';
import { ChallengeMethods } from './challenge-methods.js';
import { ChallengesService } from './challenges.service.js';
import type { ChallengedDto } from './login.dto.js';

/** What follows the right password: a session, or the question for more. */
@Injectable()
export class PasswordLogin {
  constructor(
    private readonly devices: KnownDevices,
    private readonly methods: ChallengeMethods,
    private readonly challenges: ChallengesService,
    private readonly sessions: SessionsService,
  ) {}

  async proceed(user: Account, client: Client): Promise<IssuedTokens | ChallengedDto> {
    const { known } = await this.devices.recognise(user.id, client);
    const methods = await this.methods.offeredTo(user, known);
    if (methods.length === 0) return this.sessions.begin(user, client);
    return { challenge: await this.challenges.begin(user, methods, client) };
  }
}
