import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, IsNull, MoreThan } from 'typeorm';
import type { Client, UserRole } from '../../platform/index.js';
import type { SessionEndReason } from '../auth-events.js';
import { SessionEntity } from './session.entity.js';
import type { SessionState } from './session-state.js';

/** A session nobody used for this long is over. */
const IDLE_SECONDS = 30 * 24 * 3600;
/** For how long after its last use a session vouches for its device. */
const DEVICE_SECONDS = 90 * 24 * 3600;
/** For how long a token that was already exchanged still gets the same successor. */
const GRACE_SECONDS = 30;

/** The result of `UPDATE … RETURNING` through TypeORM: the rows, and how many. */
type Changed<Row> = [Row[], number];

export interface NewSession {
  id: string;
  userId: string;
  /** The session begins only if this is still the account's. */
  passwordHash: string;
  client: Client;
  tokenHash: Buffer;
  /** What the device is known by at later log-ins. */
  deviceHash: Buffer;
}

/** What sessions of the last 90 days say of a device. */
export interface DeviceTraces {
  /** Whether the account ever had a session. */
  any: boolean;
  /** Whether a program of the same name used it from the same address. */
  samePlace: boolean;
  /** Those of the given hashes that belong to a session. */
  deviceHashes: Buffer[];
}

/** How a session stands to a refresh token that is not its present one. */
export interface StaleSession {
  userId: string;
  /** Neither ended nor expired. */
  live: boolean;
  suspended: boolean;
  tokenHash: Buffer;
  /** The token that was exchanged last, if that was within the time of grace. */
  forgivenHash: Buffer | null;
}

/** The rows of sessions. Times are the database's, so that servers need not agree on theirs. */
@Injectable()
export class SessionsRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /**
   * Begins a session, unless the account has just been suspended or got another password: the account's row is locked, so that
   * what ends all sessions at the same moment ends this one too.
   * @returns whether it began
   */
  async insert(session: NewSession, manager: EntityManager = this.database.manager): Promise<boolean> {
    const { id, userId, passwordHash, client, tokenHash, deviceHash } = session;
    const rows = await manager.query<unknown[]>(
      `INSERT INTO sessions (id, user_id, user_agent, address, address_key, place, token_hash, device_hash, created_at,
         last_used_at, expires_at)
       SELECT $1::uuid, u.id, $4::text, $5::text, $6::text, $7::text, $8::bytea, $9::bytea, now(), now(),
         now() + make_interval(secs => $10)
       FROM users u
       WHERE u.id = $2 AND u.password_hash = $3 AND u.suspended_at IS NULL AND u.deleted_at IS NULL
       FOR SHARE OF u
       RETURNING id`,
      [
        ...[id, userId, passwordHash, client.userAgent, client.address, client.addressKey, client.place],
        ...[tokenHash, deviceHash, IDLE_SECONDS],
      ],
    );
    return rows.length === 1;
  }

  /** What is known of a device that logs in. Sessions that their owner or a copied token ended count for nothing. */
  async traces(
    userId: string,
    deviceHashes: readonly Buffer[],
    { userAgent, addressKey }: Client,
    manager: EntityManager = this.database.manager,
  ): Promise<DeviceTraces> {
    const [row] = await manager.query<DeviceTraces[]>(
      `SELECT EXISTS (SELECT FROM sessions WHERE user_id = $1) AS any,
         coalesce(bool_or(user_agent = $3 AND address_key = $4 AND address_key <> ''), false) AS "samePlace",
         coalesce(array_agg(device_hash) FILTER (WHERE device_hash = ANY($2::bytea[])), '{}') AS "deviceHashes"
       FROM sessions
       WHERE user_id = $1 AND last_used_at > now() - make_interval(secs => $5)
         AND (end_reason IS NULL OR end_reason NOT IN ('revoked', 'administrator', 'refresh_reuse'))`,
      [userId, deviceHashes, userAgent, addressKey, DEVICE_SECONDS],
    );
    return row ?? { any: false, samePlace: false, deviceHashes: [] };
  }

  /** What the session is good for now. */
  async state(id: string): Promise<SessionState> {
    const rows = await this.database.query<{ userId: string; role: UserRole; suspended: boolean; live: boolean }[]>(
      `SELECT s.user_id AS "userId", u.role, u.suspended_at IS NOT NULL AS suspended,
         s.ended_at IS NULL AND s.expires_at > now() AND u.deleted_at IS NULL AS live
       FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1`,
      [id],
    );
    const [row] = rows;
    if (row === undefined) return { kind: 'ended' };
    if (row.suspended) return { kind: 'suspended' };
    return row.live ? { kind: 'live', userId: row.userId, role: row.role } : { kind: 'ended' };
  }

  /** Those of these sessions that are over, for whatever reason. */
  over(ids: readonly string[]): Promise<{ id: string; userId: string; suspended: boolean }[]> {
    return this.database.query(
      `SELECT s.id, s.user_id AS "userId", u.suspended_at IS NOT NULL AS suspended
       FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.id = ANY($1::uuid[])
         AND (s.ended_at IS NOT NULL OR s.expires_at <= now() OR u.suspended_at IS NOT NULL OR u.deleted_at IS NOT NULL)`,
      [ids],
    );
  }

  /** Exchanges the present token for its successor. Answers with the person's id, or undefined when the token is not the present one. */
  async rotate(id: string, tokenHash: Buffer, successorHash: Buffer): Promise<string | undefined> {
    const [rows] = await this.database.query<Changed<{ user_id: string }>>(
      `UPDATE sessions s SET previous_token_hash = token_hash, token_hash = $3, rotated_at = now(), last_used_at = now(),
         expires_at = now() + make_interval(secs => $4)
       FROM users u
       WHERE s.id = $1 AND s.token_hash = $2 AND s.ended_at IS NULL AND s.expires_at > now()
         AND u.id = s.user_id AND u.suspended_at IS NULL AND u.deleted_at IS NULL
       RETURNING s.user_id`,
      [id, tokenHash, successorHash, IDLE_SECONDS],
    );
    return rows[0]?.user_id;
  }

  async stale(id: string): Promise<StaleSession | undefined> {
    const rows = await this.database.query<StaleSession[]>(
      `SELECT s.user_id AS "userId", s.ended_at IS NULL AND s.expires_at > now() AS live, u.suspended_at IS NOT NULL AS suspended,
         s.token_hash AS "tokenHash",
         CASE WHEN s.rotated_at > now() - make_interval(secs => $2) THEN s.previous_token_hash END AS "forgivenHash"
       FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1`,
      [id, GRACE_SECONDS],
    );
    return rows[0];
  }

  /** Live sessions, the one used last first. */
  live(userId: string): Promise<SessionEntity[]> {
    return this.database.manager.find(SessionEntity, {
      where: { userId, endedAt: IsNull(), expiresAt: MoreThan(new Date()) },
      order: { lastUsedAt: 'DESC', id: 'DESC' },
    });
  }

  async liveIds(userId: string, manager: EntityManager): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL AND expires_at > now()`,
      [userId],
    );
    return rows.map((row) => row.id);
  }

  /** How many devices would log in without being asked for more, as far as `traces` goes by them. */
  async countKnownDevices(userId: string, manager: EntityManager): Promise<number> {
    const [row] = await manager.query<{ known: number }[]>(
      `SELECT count(DISTINCT coalesce(encode(device_hash, 'hex'), user_agent || address_key))::integer AS known
       FROM sessions
       WHERE user_id = $1 AND last_used_at > now() - make_interval(secs => $2)
         AND (device_hash IS NOT NULL OR address_key <> '')
         AND (end_reason IS NULL OR end_reason NOT IN ('revoked', 'administrator', 'refresh_reuse'))`,
      [userId, DEVICE_SECONDS],
    );
    return row?.known ?? 0;
  }

  /** Lets no device of a person count as known. Their sessions go on. */
  async forgetDevices(userId: string, manager: EntityManager): Promise<void> {
    await manager.query(`UPDATE sessions SET device_hash = NULL, address_key = '' WHERE user_id = $1`, [userId]);
  }

  /** Ends one session of a person. Answers with whether it was live. */
  async end(userId: string, id: string, reason: SessionEndReason, manager: EntityManager): Promise<boolean> {
    const [, count] = await manager.query<Changed<unknown>>(
      `UPDATE sessions SET ended_at = now(), end_reason = $3 WHERE id = $1 AND user_id = $2 AND ended_at IS NULL`,
      [id, userId, reason],
    );
    return count === 1;
  }

  /** Ends every session of a person, or every other one. Answers with the ids of those that were live. */
  async endAll(
    userId: string,
    manager: EntityManager = this.database.manager,
    exceptId?: string,
    reason?: SessionEndReason,
  ): Promise<string[]> {
    const [rows] = await manager.query<Changed<{ id: string }>>(
      `UPDATE sessions SET ended_at = now(), end_reason = $3
       WHERE user_id = $1 AND ended_at IS NULL AND ($2::uuid IS NULL OR id <> $2) RETURNING id`,
      [userId, exceptId ?? null, reason ?? null],
    );
    return rows.map((row) => row.id);
  }

  /** Forgets from where a person's sessions were; that they are over stays known for as long as somebody may still ask. */
  async anonymise(userId: string, manager: EntityManager): Promise<void> {
    await manager.update(
      SessionEntity,
      { userId },
      { userAgent: '', address: '', addressKey: '', place: '', deviceHash: null },
    );
  }

  /** Forgets a person's sessions that have been over for so long that they do not even vouch for a device any more. */
  async forgetOld(userId: string): Promise<void> {
    await this.database.query(
      `DELETE FROM sessions WHERE user_id = $1 AND least(ended_at, expires_at) < now() - make_interval(secs => $2)`,
      [userId, DEVICE_SECONDS],
    );
  }
}
