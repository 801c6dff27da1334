import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { LIMITS } from '@chatr/contracts';
import { type Language, LANGUAGES, PageQueryDto, type UserRole } from '../platform/index.js';
import { IsReadableLine, IsReadableName, IsReadableText, Trimmed } from './field-rules.js';

/** What everybody may know about somebody. */
export class UserDto {
  id: string;
  /** In lower case; unique. */
  username: string;
  displayName: string;
  avatarUrl: string | null;
  /** A few words about themselves, often none. */
  about: string;
  /** True where the account was deleted, and then it says nothing else of them; else left out. */
  deleted?: boolean;
  /** How they want to be spoken of, often empty. */
  pronouns: string;
}

/** Somebody, as one person may see them. */
export class ProfileDto extends UserDto {
  /** Whether the viewer has added them. */
  isContact: boolean;
  /** Left out for those whom they do not show it. */
  email?: string;
  /** In E.164, once it is confirmed. Left out for those whom they do not show it. */
  phone?: string;
}

/** What somebody sees of their own account. */
export class MeDto extends UserDto {
  email: string;
  /** In E.164; null where there is none. */
  phone: string | null;
  /** Whether a code that was texted to it came back. */
  phoneVerified: boolean;
  /** In which mails and text messages are written. */
  language: Language;
  role: UserRole;
  /** ISO 8601, UTC. */
  createdAt: string;
}

export class UpdateMeDto {
  @IsOptional()
  @Trimmed()
  @IsString()
  @Length(1, LIMITS.displayNameLength)
  @IsReadableName()
  displayName?: string;

  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(LIMITS.aboutLength)
  @IsReadableText()
  about?: string;

  /** In which mails and text messages are written. */
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(LIMITS.pronounsLength)
  @IsReadableLine()
  pronouns?: string;
}

export class ListUsersDto extends PageQueryDto {
  /** A part of a username or a display name; case and accents do not matter. Left out: everybody. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  @IsReadableText()
  query?: string;
}

export class UserPageDto {
  items: UserDto[];
  /** Where the next page begins, null at the end. */
  nextCursor: string | null;
}
