import { IsString, Length } from 'class-validator';
import { IsNewPassword } from './password-rules.js';

export class ChangePasswordDto {
  /** The one you have. */
  @IsString()
  @Length(1, 1_000)
  current: string;

  /** The new one, 8 to 72 bytes, and not easy to guess. */
  @IsNewPassword()
  password: string;
}
