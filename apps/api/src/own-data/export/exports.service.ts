import { createHash, randomBytes } from 'node:crypto';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { AuditLog } from '../../audit/index.js';
import { Reauthentication } from '../../auth/index.js';
import { type Actor, type Client, Config, newId, ProblemError, type RateRule, Throttle } from '../../platform/index.js';
import { OwnDataMails } from '../own-data-mails.js';
import type { ExportStatusDto, ExportTicketDto } from '../own-data.dto.js';
import { archiveOf } from './archive.js';
import { ExportContent } from './export-content.js';
import { type ExportRow, ExportsRepository, type Progress } from './exports.repository.js';

/** Reading everything somebody ever read is dear. */
const EXPORTS: RateRule = { name: 'exports', points: 5, seconds: 3_600 };
/** At once on one node. */
const AT_ONCE = 4;
const BUSY_SECONDS = 30;
const BEAT_MS = 2_000;
const TICKET_BYTES = 32;

/** Lets people take along everything that is kept about them. */
@Injectable()
export class ExportsService {
  private readonly logger = new Logger(ExportsService.name);
  private running = 0;

  constructor(
    private readonly reauthentication: Reauthentication,
    private readonly exports: ExportsRepository,
    private readonly content: ExportContent,
    private readonly audit: AuditLog,
    private readonly mails: OwnDataMails,
    private readonly throttle: Throttle,
    private readonly config: Config,
  ) {}

  /**
   * A link for one download. An earlier one that was not used is good no more.
   * @throws ProblemError credentials_invalid, rate_limited; conflict while a download is under way
   */
  async request(actor: Actor, password: string, client: Client): Promise<ExportTicketDto> {
    const user = await this.reauthentication.confirm(actor, password, client);
    await this.throttle.consume(EXPORTS, actor.id);
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    const chats = await this.exports.countChats(actor.id);
    const expiresAt = await this.exports.open({
      userId: actor.id,
      sessionId: actor.sessionId,
      hash: hashOf(ticket),
      chats,
    });
    if (expiresAt === undefined) throw new ProblemError('conflict', 'Your data is being downloaded already.');
    await this.audit.record({ action: 'account.exported', actorId: actor.id, subjectId: actor.id, client });
    this.mails.exported(user);
    const url = `${this.config.publicUrl}/api/exports/download?ticket=${ticket}`;
    return { url, expiresAt: expiresAt.toISOString(), chats };
  }

  async status(actor: Actor): Promise<ExportStatusDto> {
    const row = await this.exports.status(actor.id);
    if (row === undefined) return { state: 'none', bytes: 0, chats: 0, chatsDone: 0 };
    const { bytes, chats, chatsDone } = row;
    return { state: stateOf(row), bytes, chats, chatsDone };
  }

  /**
   * Sends the archive that a ticket stands for, for as long as somebody takes it.
   * @throws ProblemError not_found (used, too old, invented), overloaded
   */
  async download(ticket: string, response: Response): Promise<void> {
    if (this.running >= AT_ONCE) {
      throw new ProblemError('overloaded', 'Others are downloading their data. Try again in a moment.', {
        retryAfter: BUSY_SECONDS,
      });
    }
    this.running += 1;
    try {
      const runId = newId();
      const userId = await this.exports.begin(hashOf(ticket), runId);
      if (userId === undefined) {
        throw new ProblemError('not_found', 'This link was used already, or is too old. Ask for another one.');
      }
      await this.send(userId, runId, response);
    } finally {
      this.running -= 1;
    }
  }

  private async send(userId: string, runId: string, response: Response): Promise<void> {
    const progress: Progress = { bytes: 0, chatsDone: 0 };
    const counter = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        progress.bytes += chunk.length;
        done(null, chunk);
      },
    });
    const gone = new AbortController();
    const beat = setInterval(() => void this.beat(runId, progress, gone), BEAT_MS);
    response.setHeader('Content-Type', 'application/zip');
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="chatr-${new Date().toISOString().slice(0, 10)}.zip"`,
    );
    response.setHeader('Cache-Control', 'no-store');
    let complete = false;
    try {
      const archive = archiveOf(this.content.files(userId, () => (progress.chatsDone += 1)));
      await pipeline(archive, counter, response, { signal: gone.signal });
      complete = true;
    } catch (error) {
      // The answer has begun: that it breaks off is how the browser learns that something is missing.
      response.destroy();
      this.logger.warn({ err: error, userId }, 'a download of somebody’s data ended early');
    } finally {
      clearInterval(beat);
      await this.end(runId, progress, complete);
    }
  }

  private async end(runId: string, progress: Progress, complete: boolean): Promise<void> {
    try {
      await this.exports.end(runId, progress, complete);
    } catch (error) {
      // Its lease runs out by itself.
      this.logger.warn({ err: error }, 'the end of a download was not noted');
    }
  }

  private async beat(runId: string, progress: Progress, gone: AbortController): Promise<void> {
    try {
      if (!(await this.exports.goOn(runId, progress))) gone.abort();
    } catch (error) {
      this.logger.warn({ err: error }, 'the progress of a download was not noted');
    }
  }
}

function stateOf({ waiting, running, finished, begun }: ExportRow): ExportStatusDto['state'] {
  if (running) return 'running';
  if (finished) return 'finished';
  if (waiting) return 'waiting';
  return begun ? 'interrupted' : 'none';
}

/** A ticket is as random as a key: a plain hash is enough. */
function hashOf(ticket: string): Buffer {
  return createHash('sha256').update(ticket).digest();
}
