import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, Matches, MaxLength, ValidateIf } from 'class-validator';
import { EMAIL_DOMAIN, type RegistrationPolicy } from '../../platform/index.js';

const KINDS = ['open', 'invite', 'closed', 'domains'] as const;
const MOST_DOMAINS = 100;

/** Who may register. */
export class RegistrationRuleDto {
  policy: RegistrationPolicy['kind'];
  /** The e-mail domains of the policy `domains`; else empty. */
  domains: string[];
}

export class RegistrationDto {
  /** What administrators set; null where the server's configuration counts. */
  policy: RegistrationPolicy['kind'] | null;
  /** The e-mail domains of the policy `domains`; else empty. */
  domains: string[];
  /** What the server's configuration says (REGISTRATION). */
  configured: RegistrationRuleDto;
}

export class ChangeRegistrationDto {
  /** Null follows the server's configuration. */
  @ValidateIf((change: ChangeRegistrationDto) => change.policy !== null)
  @IsIn(KINDS)
  policy: RegistrationPolicy['kind'] | null;

  /** In lower case, such as `example.org`; for the policy `domains`, and for no other. */
  @ValidateIf(({ policy, domains }: ChangeRegistrationDto) => policy === 'domains' || domains !== undefined)
  @IsArray()
  @ArrayMaxSize(MOST_DOMAINS)
  @ArrayUnique()
  @MaxLength(253, { each: true })
  @Matches(EMAIL_DOMAIN, { each: true, message: 'domains must be e-mail domains such as example.org' })
  domains?: string[];
}
