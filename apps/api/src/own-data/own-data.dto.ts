import { IsString, Length } from 'class-validator';

/** Longer than any password that may be chosen: what is longer is wrong, and is told so like any other. */
const PASSWORD_LENGTH = 1_000;

export class ExportMyDataDto {
  /** Your password. */
  @IsString()
  @Length(1, PASSWORD_LENGTH)
  password: string;
}

/** A link to one download. */
export class ExportTicketDto {
  /** Where the archive is, for one download by whoever has this address. */
  url: string;
  /** Until when the download can begin, ISO 8601, UTC. */
  expiresAt: string;
  /** How many chats will be in it. */
  chats: number;
}

export const EXPORT_STATES = ['none', 'waiting', 'running', 'finished', 'interrupted'] as const;

/** How far the download has come. */
export class ExportStatusDto {
  /** `waiting`: the link has not been used yet. `interrupted`: the download ended before the archive did. */
  state: (typeof EXPORT_STATES)[number];
  /** What has been sent of the archive. */
  bytes: number;
  chats: number;
  chatsDone: number;
}

export class DownloadQueryDto {
  /** From the link. */
  @IsString()
  @Length(1, 100)
  ticket: string;
}

export class DeleteMeDto {
  /** Your password. */
  @IsString()
  @Length(1, PASSWORD_LENGTH)
  password: string;
}
