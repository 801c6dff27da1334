import { Injectable, Logger } from '@nestjs/common';
import { AccessTokens } from '../auth/index.js';
import { MembershipsRepository } from '../chats/index.js';
import { SendLane } from '../messages/index.js';
import { newId, ProblemError, Readiness, toProblemError } from '../platform/index.js';
import { ChatBroadcaster } from './chat-broadcaster.js';
import { rooms, type UserSocket } from './user-socket.js';

type Next = (error?: Error & { data?: unknown }) => void;

type EndReason = 'expired' | 'revoked' | 'suspended';

/** What a token that is not good any more says of its session. */
const REASONS: Readonly<Record<string, EndReason>> = {
  token_expired: 'expired',
  session_ended: 'revoked',
  account_suspended: 'suspended',
};

/** Longer than timers can wait: nothing is signed for so long. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Decides who may connect, and ends connections whose access token has run out. */
@Injectable()
export class SocketAccess {
  private readonly logger = new Logger(SocketAccess.name);
  private readonly expiries = new WeakMap<UserSocket, NodeJS.Timeout>();

  constructor(
    private readonly tokens: AccessTokens,
    private readonly memberships: MembershipsRepository,
    private readonly broadcaster: ChatBroadcaster,
    private readonly readiness: Readiness,
  ) {}

  /**
   * Runs before a connection is established: who is it, and which rooms are theirs. In its rooms before the client hears that
   * it is connected, a socket misses nothing between its first sync and its first event.
   */
  admit(socket: UserSocket, next: Next): void {
    this.identify(socket).then(
      () => next(),
      (error: unknown) => next(this.refusal(error)),
    );
  }

  private refusal(error: unknown): Error & { data?: unknown } {
    const problem = toProblemError(error);
    if (problem.code === 'internal_error') this.logger.error({ err: error }, 'a connection was refused');
    return Object.assign(new Error(problem.code), { data: problem.toProblem(newId()) });
  }

  private async identify(socket: UserSocket): Promise<void> {
    if (this.readiness.draining) throw new ProblemError('unavailable', 'The server is stopping.', { retryAfter: 1 });
    const { token } = socket.handshake.auth;
    if (typeof token !== 'string')
      throw new ProblemError('unauthenticated', 'The handshake needs an access token in `auth.token`.');
    const { expiresAt, ...actor } = await this.tokens.verify(token);
    Object.assign(socket.data, { actor, expiresAt, lane: new SendLane(), lastAdmission: Promise.resolve() });
    this.broadcaster.enter(socket);
    await socket.join([rooms.user(actor.id), rooms.session(actor.sessionId)]);
    for (const chat of await this.memberships.held(actor.id)) await this.broadcaster.join(socket, chat);
  }

  /**
   * The connection is established. Its session may have ended while its rooms were looked up, when nobody could end the
   * connection yet: it is looked at once more.
   */
  confirm(socket: UserSocket): void {
    this.tokens.verify(String(socket.handshake.auth['token'])).catch((error: unknown) => {
      const reason = REASONS[toProblemError(error).code];
      // Whatever else is wrong is not the session's fault: the client comes again, and is looked at again.
      if (reason === undefined) socket.disconnect(true);
      else end(socket, reason);
    });
    this.watch(socket);
  }

  /** Ends the connection when its token expires. */
  private watch(socket: UserSocket): void {
    clearTimeout(this.expiries.get(socket));
    const wait = Math.min(socket.data.expiresAt.getTime() - Date.now(), MAX_TIMER_MS);
    const expiry = setTimeout(() => end(socket, 'expired'), wait).unref();
    this.expiries.set(socket, expiry);
  }

  unwatch(socket: UserSocket): void {
    clearTimeout(this.expiries.get(socket));
  }

  /** Lets a connection live on with a new token of the same session. @throws ProblemError unauthenticated and its like, forbidden */
  async renew(socket: UserSocket, token: string): Promise<void> {
    const { expiresAt, ...actor } = await this.tokens.verify(token);
    if (actor.id !== socket.data.actor.id || actor.sessionId !== socket.data.actor.sessionId) {
      throw new ProblemError('forbidden', 'The token belongs to another session.');
    }
    Object.assign(socket.data, { actor, expiresAt });
    this.watch(socket);
  }
}

function end(socket: UserSocket, reason: EndReason): void {
  socket.emit('session:ended', { reason });
  socket.disconnect(true);
}
