import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Client } from '../../platform/index.js';
import { SecretBox } from '../factors/secret-box.js';

/** For how long somebody may take at the provider. */
const FLOW_SECONDS = 600;
/** An expired flow is kept a while, so that whoever comes back late hears why it does not go on. */
const RETENTION_SECONDS = 24 * 3600;

/** What a flow keeps from its beginning for its end. */
interface FlowSecrets {
  /** Comes back inside the ID token, which is thereby one for this flow. */
  nonce: string;
  /** PKCE: proves that whoever exchanges the code began the flow. */
  verifier: string;
  /** By what the browser is known: it brings these cookies along when it leaves our page, and not when another site sends it back. */
  device: Pick<Client, 'deviceTokens' | 'bringsCookies'>;
}

/** A sign-in, or the linking of an identity, that goes by way of the provider's pages. */
export interface SsoFlow extends FlowSecrets {
  /** Comes back with the provider's answer. */
  state: string;
  /** What only the browser that began knows. */
  browser: string;
  /** Where the browser goes in the end: a path of our own. */
  next: string;
  /** Who links an identity to their account, in which session; undefined where somebody signs in. */
  linking: { userId: string; sessionId: string } | undefined;
}

/** A flow that was taken up again, once. */
export type TakenFlow = Omit<SsoFlow, 'browser'> & { expired: boolean };

interface FlowRow {
  secrets: Buffer;
  next: string;
  userId: string | null;
  sessionId: string | null;
  expired: boolean;
}

/** The rows of flows. What a browser or an address bar carries is kept as a hash only, the rest of the secrets sealed. */
@Injectable()
export class SsoFlowsRepository {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly box: SecretBox,
  ) {}

  async insert({ state, browser, nonce, verifier, device, next, linking }: SsoFlow): Promise<void> {
    const secrets: FlowSecrets = { nonce, verifier, device };
    await this.database.query(`DELETE FROM sso_flows WHERE expires_at < now() - make_interval(secs => $1)`, [
      RETENTION_SECONDS,
    ]);
    await this.database.query(
      `INSERT INTO sso_flows (state_hash, browser_hash, secrets, next, user_id, session_id, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))`,
      [
        hashOf(state),
        hashOf(browser),
        this.box.seal(Buffer.from(JSON.stringify(secrets)), state),
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
       RETURNING secrets, next, user_id AS "userId", session_id AS "sessionId", expires_at <= now() AS expired`,
      [hashOf(state), hashOf(browser)],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const { secrets, next, userId, sessionId, expired } = row;
    const kept = JSON.parse(this.box.open(secrets, state).toString()) as FlowSecrets;
    return { ...kept, state, next, expired, linking: userId && sessionId ? { userId, sessionId } : undefined };
  }
}

/** Both are random and long: a plain hash gives nothing away. */
function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
