import type { UserDto } from '../user.dto.js';

/** Somebody whom one has added. */
export class ContactDto {
  user: UserDto;
  /** ISO 8601, UTC. */
  addedAt: string;
}

export class ContactPageDto {
  /** By username. */
  items: ContactDto[];
  /** Where the next page begins, null at the end. */
  nextCursor: string | null;
}

/** Somebody was added to, or taken from, one's contacts on some device. */
export class ContactChangeDto {
  userId: string;
  isContact: boolean;
}
