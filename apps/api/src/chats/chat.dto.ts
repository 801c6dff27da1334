import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { LIMITS } from '@chatr/contracts';
import { IsId } from '../platform/index.js';
import { IsReadableName, Trimmed, UserDto } from '../users/index.js';
import { MessageDto } from './message.dto.js';

export const CHAT_TYPES = ['direct', 'group'] as const;
export type ChatType = (typeof CHAT_TYPES)[number];

export const ROLES = ['owner', 'admin', 'moderator', 'member'] as const;
export type Role = (typeof ROLES)[number];

export class MemberDto {
  user: UserDto;
  role: Role;
  /** ISO 8601, UTC. */
  joinedAt: string;
  /** The first message this member can see: those before it were sent before they joined. */
  visibleFromSeq: number;
  /** Everything up to this message has reached one of the member's devices. */
  deliveredSeq: number;
  /** The member has read everything up to this message. */
  readSeq: number;
}

/** Which page of one's chats. */
export class ListChatsDto {
  /** What the page before gave as `nextCursor`. */
  @IsOptional()
  @IsString()
  @Length(1, 400)
  cursor?: string;

  /** At most so many; 50 where left out. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMITS.chatPage)
  limit?: number;
}

/** A chat as one of its members sees it. */
export class ChatDto {
  id: string;
  type: ChatType;
  /** A group's name; of a direct chat, the other person's display name. */
  name: string;
  avatarUrl: string | null;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Everybody in it, the reader included. Left out of groups of more than 50. */
  members?: MemberDto[];
  memberCount: number;
  /** The reader's own role. */
  role: Role;
  /** The newest message the reader can see. */
  lastMessage: MessageDto | null;
  /** ISO 8601, UTC. */
  lastActivity: string;
  /** The number of the newest message, 0 in an empty chat. */
  lastSeq: number;
  /** The first message the reader can see. */
  firstSeq: number;
  /** The change counter: every change of the chat, its members and its messages takes the next one. */
  version: number;
  lastReadSeq: number;
  /** Exact up to 99; 100 means more. */
  unreadCount: number;
  /** Whether somebody wrote whom the reader has yet to accept: `POST /api/chats/{chatId}/request/accept`, or an answer, does it. */
  request: boolean;
  /** Whether the reader blocked the other person of this direct chat. */
  blocked: boolean;
}

export class ChatPageDto {
  items: ChatDto[];
  /** Where the next page begins, null at the end. */
  nextCursor: string | null;
}

export class CreateChatDto {
  @IsIn(CHAT_TYPES)
  type: ChatType;

  /** Whom to talk to; with type `direct` only. */
  @ValidateIf((draft: CreateChatDto) => draft.type === 'direct' || draft.userId !== undefined)
  @IsId()
  userId?: string;

  /** With type `group` only. */
  @ValidateIf((draft: CreateChatDto) => draft.type === 'group' || draft.name !== undefined)
  @Trimmed()
  @IsString()
  @Length(1, LIMITS.groupNameLength)
  @IsReadableName()
  name?: string;

  /** Who else is in it from the start; with type `group` only. */
  @ValidateIf((draft: CreateChatDto) => draft.type === 'group' || draft.memberIds !== undefined)
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(LIMITS.groupMembers - 1)
  @IsId({ each: true })
  memberIds?: string[];
}

/** What a versioned change of a chat itself, or of who is in it, made new. */
export class ChatUpdatedDto {
  chatId: string;
  version: number;
  name?: string;
  avatarUrl?: string | null;
  memberCount: number;
  /** Members who joined or whose role changed. */
  members?: MemberDto[];
  /** Who is no longer in it. */
  removedUserIds?: string[];
  /** As in the chat; left out where they did not change. */
  request?: boolean;
  blocked?: boolean;
}

export class ChatRemovedDto {
  chatId: string;
  reason: 'left' | 'removed' | 'declined';
}

/** How far a member has come. */
export class PositionDto {
  userId: string;
  deliveredSeq: number;
  readSeq: number;
}
