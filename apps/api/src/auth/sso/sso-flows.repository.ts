import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

/** For how long somebody may take at the provider. */
const FLOW_SECONDS = 600;
/** An expired flow is kept a while, so that whoever comes back late hears why it does not go on. */
const RETENTION_SECONDS = 24 * 3600;

/** A sign-in, or the linking of an identity, that goes by way of the provider's pages. */
export interface SsoFlow {
  /** Comes back with the provider's answer. */
  state: string;
  /** What only the browser that began knows. */
  browser: string;
  /** Comes back inside the ID token, which is thereby one for this flow. */
  nonce: string;
  /** PKCE: proves that whoever exchanges the code began the flow. */
  verifier: string;
  /** Where the browser goes in the end: a path of our own. */
  next: string;
  /** Who links an identity to their account, in which session; undefined where somebody signs in. */
  linking: { userId: string; sessionId: string } | undefined;
}

/** A flow that was taken up again, once. */
export type TakenFlow = Omit<SsoFlow, 'state' | 'browser'> & { expired: boolean };

interface FlowRow {
  nonce: string;
  verifier: string;
  next: string;
  userId: string | null;
  sessionId: string | null;
  expired: boolean;
}

/** The rows of flows. What a browser or an address bar carries is kept as a hash only. */
@Injectable()
export class SsoFlowsRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  async insert({ state, browser, nonce, verifier, next, linking }: SsoFlow): Promise<void> {
    await this.database.query(`DELETE FROM sso_flows WHERE expires_at < now() - make_interval(secs => $1)`, [
      RETENTION_SECONDS,
    ]);
    await this.database.query(
      `INSERT INTO sso_flows (state_hash, browser_hash, nonce, verifier, next, user_id, session_id, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8))`,
      [
        hashOf(state),
        hashOf(browser),
        nonce,
        verifier,
        next,
        linking?.userId ?? null,
        linking?.sessionId ?? null,
        FLOW_SECONDS,
      ],
    );
  }

  /** Takes the flow of this state away, if this browser began it: of several answers to one question the first alone counts. */
  async take(state: string, browser: string): Promise<TakenFlow | undefined> {
    const [rows] = await this.database.query<[FlowRow[], number]>(
      `DELETE FROM sso_flows WHERE state_hash = $1 AND browser_hash = $2
       RETURNING nonce, verifier, next, user_id AS "userId", session_id AS "sessionId", expires_at <= now() AS expired`,
      [hashOf(state), hashOf(browser)],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const { userId, sessionId, ...flow } = row;
    return { ...flow, linking: userId === null || sessionId === null ? undefined : { userId, sessionId } };
  }
}

/** Both are random and long: a plain hash gives nothing away. */
function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
