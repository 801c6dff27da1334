import type { UserDto } from '../users/index.js';

/** Somebody whom the reader blocked. */
export class BlockDto {
  user: UserDto;
  /** ISO 8601, UTC. */
  createdAt: string;
}

export class BlockPageDto {
  items: BlockDto[];
  /** Where the next page begins, null at the end. */
  nextCursor: string | null;
}
