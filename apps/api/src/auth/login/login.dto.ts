import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { Trimmed } from '../../users/index.js';
import { KnownCredentialDto } from '../passkeys/passkey.dto.js';
import { CHALLENGE_METHODS, type ChallengeMethodName, type Proof } from './challenge-method.js';

/** Enough for whatever a method takes. */
const PROOF_LENGTH = 4_096;

export class LoginDto {
  /** E-mail address or username. */
  @Trimmed()
  @IsString()
  @Length(1, 254)
  @Matches(/^[^\p{Cc}]*$/u, { message: 'identifier must not hold control characters' })
  identifier: string;

  @IsString()
  @Length(1, 1_000)
  password: string;

  /** For browsers: keeps the refresh token in an httpOnly cookie and out of the answer. */
  @IsOptional()
  @IsBoolean()
  cookie?: boolean;
}

/** What a log-in still needs after the right password. Good for 10 minutes and one log-in. */
export class ChallengeDto {
  id: string;
  /** Any one of these, in the order in which to show them. A code by mail is on its way when that is the only one. */
  methods: ChallengeMethodName[];
}

export class ChallengedDto {
  challenge: ChallengeDto;
}

export class LoginMethodDto {
  @IsUUID()
  challengeId: string;

  /** One of those that the challenge offers. */
  @IsIn(CHALLENGE_METHODS)
  method: ChallengeMethodName;
}

export class VerifyLoginDto extends LoginMethodDto implements Proof {
  /** Six digits, or a recovery code. */
  @ValidateIf(({ method, code }: VerifyLoginDto) => method !== 'passkey' || code !== undefined)
  @IsString()
  @Length(1, PROOF_LENGTH)
  code?: string;

  /** For `passkey`, in place of the code. */
  @ValidateIf(({ method, response }: VerifyLoginDto) => method === 'passkey' || response !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => KnownCredentialDto)
  response?: KnownCredentialDto;

  /** For browsers: keeps the refresh token in an httpOnly cookie and out of the answer. */
  @IsOptional()
  @IsBoolean()
  cookie?: boolean;
}
