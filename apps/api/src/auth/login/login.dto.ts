import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { Trimmed } from '../../users/index.js';
import { CHALLENGE_METHODS, type ChallengeMethodName } from './challenge-method.js';

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

export class SendLoginCodeDto {
  @IsUUID()
  challengeId: string;

  /** A method that sends codes. */
  @IsIn(CHALLENGE_METHODS)
  method: ChallengeMethodName;
}

export class VerifyLoginDto extends SendLoginCodeDto {
  /** Six digits, or a recovery code. */
  @IsString()
  @Length(1, PROOF_LENGTH)
  code: string;

  /** For browsers: keeps the refresh token in an httpOnly cookie and out of the answer. */
  @IsOptional()
  @IsBoolean()
  cookie?: boolean;
}
