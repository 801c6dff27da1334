import { Injectable } from '@nestjs/common';
import { type Actor, DomainEvents } from '../../platform/index.js';
import { VisibilityChanged } from '../user-events.js';
import { PeopleVisibility } from './people-visibility.js';
import { DEFAULT_LEVELS } from './privacy-level.js';
import type { PrivacyDto, UpdatePrivacyDto } from './privacy.dto.js';
import { PrivacyRepository } from './privacy.repository.js';

/** What somebody lets others see, as they choose it. What follows from it is decided by `PeopleVisibility`. */
@Injectable()
export class PrivacyService {
  constructor(
    private readonly settings: PrivacyRepository,
    private readonly visibility: PeopleVisibility,
    private readonly events: DomainEvents,
  ) {}

  async get(actor: Actor): Promise<PrivacyDto> {
    const chosen = await this.settings.of(actor.id);
    const { presence, lastSeen, email, phone } = chosen ?? DEFAULT_LEVELS;
    const messagesFrom = chosen?.messagesFrom ?? this.visibility.messagesFromByDefault;
    return { presence, lastSeen, email, phone, messagesFrom };
  }

  /** Those who see more or less from now on are told at once. */
  async update(actor: Actor, change: UpdatePrivacyDto): Promise<PrivacyDto> {
    await this.settings.change(actor.id, change);
    if (change.presence !== undefined || change.lastSeen !== undefined) {
      this.events.publish(new VisibilityChanged(actor.id));
    }
    return this.get(actor);
  }
}
