import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ADMIN_ONLY, type ActorRequest, ProblemError, PUBLIC } from '../../platform/index.js';
import { AccessTokens } from './access-tokens.js';

/** Lets nobody pass without a good access token, but on routes marked `@Public()`; and only administrators where `@AdminOnly()` stands. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Sockets prove who they are in the handshake.
    if (context.getType() !== 'http') return true;
    if (this.isMarked(PUBLIC, context)) return true;
    const request = context.switchToHttp().getRequest<ActorRequest>();
    const { id, sessionId, role } = await this.tokens.verify(bearerToken(request.headers.authorization));
    if (role !== 'admin' && this.isMarked(ADMIN_ONLY, context)) {
      throw new ProblemError('forbidden', 'Only administrators may do this.');
    }
    request.actor = { id, sessionId, role };
    return true;
  }

  private isMarked(key: string, context: ExecutionContext): boolean {
    return (
      this.reflector.getAllAndOverride<boolean | undefined>(key, [context.getHandler(), context.getClass()]) === true
    );
  }
}

function bearerToken(header: string | undefined): string {
  const token = /^Bearer +([^\s]+)$/i.exec(header ?? '')?.[1];
  if (token === undefined) throw new ProblemError('unauthenticated');
  return token;
}
