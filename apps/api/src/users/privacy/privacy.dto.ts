import { IsIn, IsOptional } from 'class-validator';
import { PRIVACY_LEVELS, type PrivacyLevel } from './privacy-level.js';

/** Who sees what of oneself, and who may write. `contacts` are those whom one has added oneself. */
export class PrivacyDto {
  /** Who, of those who share a chat, sees whether one is there. Everybody else sees `offline`, and no time. */
  presence: PrivacyLevel;
  /** Who, of those who see one's presence, sees when one was last there. */
  lastSeen: PrivacyLevel;
  /** Who sees one's e-mail address. */
  email: PrivacyLevel;
  /** Who sees one's phone number. */
  phone: PrivacyLevel;
  /** Whose first message arrives as any other: of those left out it is a request, or with `nobody` refused. */
  messagesFrom: PrivacyLevel;
}

/** What is left out stays as it is. */
export class UpdatePrivacyDto {
  @IsOptional()
  @IsIn(PRIVACY_LEVELS)
  presence?: PrivacyLevel;

  @IsOptional()
  @IsIn(PRIVACY_LEVELS)
  lastSeen?: PrivacyLevel;

  @IsOptional()
  @IsIn(PRIVACY_LEVELS)
  email?: PrivacyLevel;

  @IsOptional()
  @IsIn(PRIVACY_LEVELS)
  phone?: PrivacyLevel;

  @IsOptional()
  @IsIn(PRIVACY_LEVELS)
  messagesFrom?: PrivacyLevel;
}
