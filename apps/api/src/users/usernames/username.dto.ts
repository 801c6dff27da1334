import { IsString, MaxLength } from 'class-validator';
import { IsUsername, NormalisedUsername } from '../field-rules.js';
import { type UsernameFault } from '../names.js';

export class UsernameQueryDto {
  /** What somebody would like to be called. */
  @NormalisedUsername()
  @IsString()
  @MaxLength(100)
  username: string;
}

export class UsernameCheckDto {
  available: boolean;
  /** Why it is not: `taken` also for a name that looks like somebody's, or that somebody gave up lately. */
  problem?: UsernameFault | 'taken';
  /** Free usernames near to it, at most three; none when it is available. */
  suggestions: string[];
}

export class ChangeUsernameDto {
  /** 3 to 30 of a-z, 0-9 and _ . -; kept in lower case. */
  @NormalisedUsername()
  @IsUsername()
  username: string;
}
