import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import {
  type Actor,
  type Client,
  Config,
  ProblemError,
  type RegistrationPolicy,
  RegistrationSetting,
} from '../../platform/index.js';
import type { ChangeRegistrationDto, RegistrationDto, RegistrationRuleDto } from './registration-policy.dto.js';

/** Who may register, for administrators to set while the server runs. */
@Injectable()
export class RegistrationPolicyService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly setting: RegistrationSetting,
    private readonly config: Config,
    private readonly audit: AuditLog,
  ) {}

  async get(_actor: Actor): Promise<RegistrationDto> {
    return this.toDto(await this.setting.stored());
  }

  /** @throws ProblemError validation_failed for domains with a policy that has none */
  async change(actor: Actor, change: ChangeRegistrationDto, client: Client): Promise<RegistrationDto> {
    const policy = toPolicy(change);
    await this.database.transaction(async (manager) => {
      const details = { from: words(await this.setting.store(policy, manager)), to: words(policy) };
      if (details.from === details.to) return;
      await this.audit.record(
        { action: 'registration.changed', actorId: actor.id, subjectId: null, client, details },
        manager,
      );
    });
    return this.toDto(policy);
  }

  private toDto(stored: RegistrationPolicy | null): RegistrationDto {
    const configured = toRule(this.config.registration);
    return stored === null ? { policy: null, domains: [], configured } : { ...toRule(stored), configured };
  }
}

function toRule(policy: RegistrationPolicy): RegistrationRuleDto {
  return { policy: policy.kind, domains: policy.kind === 'domains' ? [...policy.domains] : [] };
}

function toPolicy({ policy, domains = [] }: ChangeRegistrationDto): RegistrationPolicy | null {
  if ((policy === 'domains') !== domains.length > 0) {
    throw new ProblemError('validation_failed', undefined, {
      errors: [{ path: 'domains', message: 'domains are for the policy “domains”, which needs at least one' }],
    });
  }
  if (policy === 'domains') return { kind: policy, domains };
  return policy === null ? null : { kind: policy };
}

/** As REGISTRATION would be written; null where that counts. */
function words(policy: RegistrationPolicy | null): string | null {
  return policy?.kind === 'domains' ? policy.domains.join(',') : (policy?.kind ?? null);
}
