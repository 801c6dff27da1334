import { IsBoolean, IsEmail, IsIn, IsOptional, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { LIMITS } from '@chatr/contracts';
import { type Language, LANGUAGES } from '../platform/index.js';
import {
  IsPhone,
  IsReadableName,
  IsUsername,
  MeDto,
  NormalisedEmail,
  NormalisedPhone,
  NormalisedUsername,
  Trimmed,
} from '../users/index.js';
import { IsNewPassword } from './passwords/password-rules.js';

const EMAIL_LENGTH = 254;
const CODE = /^\d{6}$/;
const CODE_MESSAGE = { message: 'code must be six digits' };

export class RegisterDto {
  @NormalisedEmail()
  @MaxLength(EMAIL_LENGTH)
  @IsEmail()
  email: string;

  /** 3 to 30 of a-z, 0-9 and _ . -; kept in lower case; everybody sees it. */
  @NormalisedUsername()
  @IsUsername()
  username: string;

  /** 8 to 72 bytes. */
  @IsNewPassword()
  password: string;

  @Trimmed()
  @IsString()
  @Length(1, LIMITS.displayNameLength)
  @IsReadableName()
  displayName: string;

  /** With its country (`+49 30 123456`); kept in E.164. Not verified by this. */
  @IsOptional()
  @NormalisedPhone()
  @IsPhone()
  phone?: string;

  /** In which mails are written. Left out: the best of the Accept-Language header. */
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  /** What an invitation's link carries; it is for the invited address only. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{43}$/, { message: 'inviteToken is not one of an invitation' })
  inviteToken?: string;
}

export class RegisteredDto {
  /** The id the account has once its address is verified. */
  userId: string;
}

export class VerifyEmailDto {
  @NormalisedEmail()
  @MaxLength(EMAIL_LENGTH)
  @IsEmail()
  email: string;

  /** The six digits that were mailed. */
  @Matches(CODE, CODE_MESSAGE)
  code: string;

  /** What registering answered. With it, only the code of that very registration is accepted, not that of somebody else's for the same address. */
  @IsOptional()
  @IsUUID()
  userId?: string;

  /** For browsers: keeps the refresh token in an httpOnly cookie and out of the answer. */
  @IsOptional()
  @IsBoolean()
  cookie?: boolean;
}

export class TokensDto {
  /** A JWT for the Authorization header and the socket's handshake. */
  accessToken: string;
  /** Seconds until the access token expires. */
  expiresIn: number;
  /** Good for one refresh. Left out when it travels in the cookie. */
  refreshToken?: string;
  user: MeDto;
}

export class RefreshDto {
  /** Left out by browsers, whose token is in the cookie. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  refreshToken?: string;
}

export class ResendCodeDto {
  @NormalisedEmail()
  @MaxLength(EMAIL_LENGTH)
  @IsEmail()
  email: string;

  /** What registering answered. Left out: the newest registration of the address. */
  @IsOptional()
  @IsUUID()
  userId?: string;
}

export class ForgotPasswordDto {
  @NormalisedEmail()
  @MaxLength(EMAIL_LENGTH)
  @IsEmail()
  email: string;
}

export class ResetPasswordDto {
  @NormalisedEmail()
  @MaxLength(EMAIL_LENGTH)
  @IsEmail()
  email: string;

  /** The six digits that were mailed. */
  @Matches(CODE, CODE_MESSAGE)
  code: string;

  /** The new one, 8 to 72 bytes. */
  @IsNewPassword()
  password: string;
}
