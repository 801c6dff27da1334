import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsReadableName, Trimmed } from '../../users/index.js';

const NAME_LENGTH = 60;
const BASE64URL = /^[A-Za-z0-9_-]+$/;
/** The specification lets an id have 1023 bytes. */
const CREDENTIAL_ID_LENGTH = 1_364;
const FIELD_LENGTH = 16_384;

/** What the browser answers with for a new and for a known passkey alike. */
class CredentialDto {
  @Matches(BASE64URL)
  @MaxLength(CREDENTIAL_ID_LENGTH)
  id: string;

  @Matches(BASE64URL)
  @MaxLength(CREDENTIAL_ID_LENGTH)
  rawId: string;

  @IsIn(['public-key'])
  type: 'public-key';

  @IsOptional()
  @IsIn(['platform', 'cross-platform'])
  authenticatorAttachment?: 'platform' | 'cross-platform';

  /** Results of extensions; none is asked for, and nothing is read from them. */
  @IsObject()
  clientExtensionResults: Record<string, unknown>;
}

class AttestationDto {
  @Matches(BASE64URL)
  @MaxLength(FIELD_LENGTH)
  clientDataJSON: string;

  @Matches(BASE64URL)
  @MaxLength(FIELD_LENGTH)
  attestationObject: string;

  @IsOptional()
  @IsString()
  @MaxLength(FIELD_LENGTH)
  authenticatorData?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @Matches(/^[a-z-]{1,20}$/, { each: true })
  transports?: string[];

  @IsOptional()
  @IsInt()
  publicKeyAlgorithm?: number;

  @IsOptional()
  @IsString()
  @MaxLength(FIELD_LENGTH)
  publicKey?: string;
}

class AssertionDto {
  @Matches(BASE64URL)
  @MaxLength(FIELD_LENGTH)
  clientDataJSON: string;

  @Matches(BASE64URL)
  @MaxLength(FIELD_LENGTH)
  authenticatorData: string;

  @Matches(BASE64URL)
  @MaxLength(FIELD_LENGTH)
  signature: string;

  @IsOptional()
  @Matches(BASE64URL)
  @MaxLength(100)
  userHandle?: string;
}

/** A RegistrationResponseJSON of WebAuthn. */
export class NewCredentialDto extends CredentialDto {
  @IsObject()
  @ValidateNested()
  @Type(() => AttestationDto)
  response: AttestationDto;
}

/** An AuthenticationResponseJSON of WebAuthn. */
export class KnownCredentialDto extends CredentialDto {
  @IsObject()
  @ValidateNested()
  @Type(() => AssertionDto)
  response: AssertionDto;
}

export class PasskeyOptionsDto {
  /** Yours: a passkey lets in whoever holds it. */
  @IsString()
  @Length(1, 1_000)
  password: string;
}

export class PasskeyNameDto {
  @Trimmed()
  @IsString()
  @Length(1, NAME_LENGTH)
  @IsReadableName()
  name: string;
}

export class AddPasskeyDto extends PasskeyNameDto {
  @IsObject()
  @ValidateNested()
  @Type(() => NewCredentialDto)
  response: NewCredentialDto;
}

export class PasskeyLoginDto {
  @IsObject()
  @ValidateNested()
  @Type(() => KnownCredentialDto)
  response: KnownCredentialDto;

  /** For browsers: keeps the refresh token in an httpOnly cookie and out of the answer. */
  @IsOptional()
  @IsBoolean()
  cookie?: boolean;
}

/** What the browser's WebAuthn functions take. */
export class CeremonyDto {
  /** A PublicKeyCredentialCreationOptionsJSON or a PublicKeyCredentialRequestOptionsJSON of WebAuthn. */
  options: Record<string, unknown>;
}

export class PasskeyDto {
  id: string;
  name: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** ISO 8601, UTC; null until it is first used. */
  lastUsedAt: string | null;
  /** Whether it may be on several devices; otherwise it is bound to one. */
  synced: boolean;
  /** How browsers reach it: `internal`, `hybrid`, `usb`, … */
  transports: string[];
}

export class PasskeyListDto {
  items: PasskeyDto[];
  /** Always null: the list comes whole. */
  nextCursor: string | null;
}
