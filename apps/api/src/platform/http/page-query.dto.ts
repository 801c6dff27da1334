import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { LIMITS } from '@chatr/contracts';

/** Which page of a list. */
export class PageQueryDto {
  /** What the page before gave as `nextCursor`. */
  @IsOptional()
  @IsString()
  @Length(1, 400)
  cursor?: string;

  /** At most so many; some dozens where left out. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMITS.listPage)
  limit?: number;
}
