/** A log-in on one device. */
export class SessionDto {
  id: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** When its tokens were last renewed, ISO 8601, UTC. */
  lastUsedAt: string;
  /** What the browser or app called itself when it logged in. */
  userAgent: string;
  /** The same in words: "Firefox on Windows". */
  device: string;
  /** Town and country, where a proxy in front of the server tells them; else empty. */
  place: string;
  /** From where it logged in. */
  address: string;
  /** Whether this is the session that asks. */
  current: boolean;
}

export class SessionListDto {
  items: SessionDto[];
  /** Always null: the list comes whole. */
  nextCursor: string | null;
}
