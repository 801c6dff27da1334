import { IsString, Length, Matches } from 'class-validator';

/** How somebody's account is protected beside the password. */
export class TwoFactorDto {
  /** Whether log-in asks for a code of an authenticator app. */
  enabled: boolean;
  /** How many recovery codes have not been used. */
  recoveryCodesLeft: number;
}

/** What an authenticator app needs; void unless a code of it comes back within 10 minutes. */
export class TotpSetupDto {
  /** Base32, for typing. */
  secret: string;
  /** For apps on this device. */
  otpauthUrl: string;
  /** The same as a QR code: a PNG as a data URL. */
  qrDataUrl: string;
}

export class EnableTotpDto {
  /** Six digits, as the app shows them. */
  @Matches(/^\d{6}$/, { message: 'code must be six digits' })
  code: string;
}

export class ConfirmWithPasswordDto {
  /** One's present password. */
  @IsString()
  @Length(1, 1_000)
  password: string;
}

export class RecoveryCodesDto {
  /** Ten codes, each good for one log-in. They are shown this once and never again. */
  recoveryCodes: string[];
}
