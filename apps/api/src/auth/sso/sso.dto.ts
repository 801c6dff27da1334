import { IsString, Length } from 'class-validator';

export class LinkIdentityDto {
  /** Proves that it is the owner of the account who links it. */
  @IsString()
  @Length(1, 1_000)
  password: string;
}

export class LinkingDto {
  /** The provider's page, where the browser goes next; it comes back to the settings. */
  url: string;
}

/** Somebody as the provider of single sign-on knows them, linked to an account here. */
export class IdentityDto {
  id: string;
  /** The provider's address. */
  issuer: string;
  /** What its owner recognises it by: an e-mail address or a name. */
  label: string;
  /** ISO 8601, UTC. */
  linkedAt: string;
  /** When it was last signed in with, ISO 8601, UTC; null: not yet. */
  lastUsedAt: string | null;
}

export class IdentityListDto {
  items: IdentityDto[];
  /** Always null: the list comes whole. */
  nextCursor: string | null;
}
