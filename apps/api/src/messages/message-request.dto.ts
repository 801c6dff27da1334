import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { LIMITS } from '@chatr/contracts';
import { MessageDto } from '../chats/index.js';
import { IsId } from '../platform/index.js';
import { IsMessageText, NormalisedLines } from './message-text.js';

export class SendMessageDto {
  /** The sender's own name for this message, best a UUID. Sending again under the same name returns the first one. */
  @IsString()
  @Length(1, LIMITS.clientIdLength)
  @Matches(/^[\w.:-]+$/, { message: 'clientId may hold letters, digits and _ . : - only' })
  clientId: string;

  @NormalisedLines()
  @IsString()
  @MaxLength(LIMITS.messageLength)
  @IsMessageText()
  content: string;

  /** `text` where left out. The other types come into being by uploads. */
  @IsOptional()
  @IsIn(['text'])
  type?: 'text';

  /** The message of the same chat that this one answers. */
  @IsOptional()
  @IsId()
  replyToId?: string;
}

export class EditMessageDto {
  @NormalisedLines()
  @IsString()
  @MaxLength(LIMITS.messageLength)
  @IsMessageText()
  content: string;
}

export class HistoryQueryDto {
  /** Messages with a lower `seq`, the nearest ones. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  before?: number;

  /** Messages with a higher `seq`, the nearest ones. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;

  /** This message and its neighbours on both sides. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  around?: number;

  /** 50 where left out. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMITS.historyPage)
  limit?: number;
}

export class MessagePageDto {
  /** Ascending by `seq`. */
  items: MessageDto[];
  /** Whether there are more in the direction that was asked for (older ones for `around` and for the newest page). */
  hasMore: boolean;
}

export class MessageEditDto {
  /** What the message said before this edit. */
  content: string;
  /** ISO 8601, UTC. */
  editedAt: string;
}

export class MessageEditsDto {
  /** Oldest first. A message keeps its newest 100 edits. */
  items: MessageEditDto[];
  /** Where the next page begins, null at the end. */
  nextCursor: string | null;
}

export class ReadDto {
  /** Everything up to this message is read. */
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  seq: number;
}
