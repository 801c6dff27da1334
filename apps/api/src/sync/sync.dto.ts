import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, Length } from 'class-validator';
import { ChatDto, MessageDto, PositionDto } from '../chats/index.js';
import { IsVersionMap } from './is-version-map.js';

export class SyncRequestDto {
  /** The `cursor` of the last answer; left out by a client that holds nothing yet. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  cursor?: string;

  /** The chats the client holds, each with the version up to which it has applied its changes. */
  @IsOptional()
  @IsObject()
  @IsVersionMap()
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer', minimum: 0 } })
  chats?: Record<string, number>;
}

/** What changed in one chat since the version the client named. */
export class ChatChangesDto {
  /** With these changes the client is at this version. */
  version: number;
  /** Whether more changes follow: ask again with `version`. */
  hasMore: boolean;
  /** The client's copy is too old: `items` is the newest page, ascending by `seq`, and replaces it. */
  limited: boolean;
  /** Messages that are new or changed, ascending by `version`. */
  items: MessageDto[];
  /** The chat as it stands; left out where its version did not move, and where the answer had no room for it. */
  chat?: ChatDto;
  /** How far each member has come; left out of groups of more than 50, and where the answer had no room. */
  positions?: PositionDto[];
}

@ApiExtraModels(ChatChangesDto)
export class SyncDto {
  /** For the next request. */
  cursor: string;
  /** Whether `joined` and `left` go on: ask again with `cursor`. */
  hasMore: boolean;
  /** Chats the person joined, or in which their own read position moved, since the cursor. */
  joined: ChatDto[];
  /** Ids of chats the person is no longer in. */
  left: string[];
  /** By chat id: what changed in the chats that the request named. Those the person is not in are in `left`. */
  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(ChatChangesDto) } })
  chats: Record<string, ChatChangesDto>;
}
