import { IsEmail, IsString, Length, Matches, MaxLength } from 'class-validator';
import { IsPhone, NormalisedEmail, NormalisedPhone } from '../../users/index.js';

const CODE = /^\d{6}$/;

class ProvenByPassword {
  /** Your password: a device that was left open must not be enough. */
  @IsString()
  @Length(1, 1_000)
  password: string;
}

export class ChangeEmailDto extends ProvenByPassword {
  /** The address you want to have. */
  @NormalisedEmail()
  @MaxLength(254)
  @IsEmail()
  email: string;
}

export class ConfirmEmailDto {
  /** The six digits that were mailed to the address you have. */
  @Matches(CODE, { message: 'presentCode must be six digits' })
  presentCode: string;

  /** The six digits that were mailed to the address you want to have. */
  @Matches(CODE, { message: 'newCode must be six digits' })
  newCode: string;
}

export class ChangePhoneDto extends ProvenByPassword {
  /** With its country (`+49 30 901820`). */
  @NormalisedPhone()
  @IsPhone()
  phone: string;
}

export class ConfirmPhoneDto {
  /** The six digits that were texted. */
  @Matches(CODE, { message: 'code must be six digits' })
  code: string;
}

export class RemovePhoneDto extends ProvenByPassword {}
