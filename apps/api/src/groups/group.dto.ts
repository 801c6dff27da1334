import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, Length } from 'class-validator';
import { LIMITS } from '@chatr/contracts';
import { MemberDto } from '../chats/index.js';
import { IsId } from '../platform/index.js';
import { IsReadableName, Trimmed } from '../users/index.js';

export class GroupDto {
  /** The id of the group's chat. */
  id: string;
  name: string;
  avatarUrl: string | null;
  memberCount: number;
  /** Everybody in it, owners first, then by display name. */
  members: MemberDto[];
}

export class UpdateGroupDto {
  @Trimmed()
  @IsString()
  @Length(1, LIMITS.groupNameLength)
  @IsReadableName()
  name: string;
}

export class AddMembersDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsId({ each: true })
  userIds: string[];
}
