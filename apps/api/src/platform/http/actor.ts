import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import { ProblemError } from '../errors/problem-error.js';

export const USER_ROLES = ['user', 'admin'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** The person on whose behalf something happens, as a verified access token and the state of the session say. */
export interface Actor {
  id: string;
  sessionId: string;
  role: UserRole;
}

/** A request that the access guard has let pass; public routes have no actor. */
export interface ActorRequest extends Request {
  actor?: Actor;
}

/** Metadata key that the access guard looks for. */
export const ADMIN_ONLY = 'chatr:admin-only';

/** Opens a route to administrators alone; others get `forbidden`. */
export function AdminOnly(): MethodDecorator & ClassDecorator {
  return SetMetadata(ADMIN_ONLY, true);
}

/** The `Actor` of the request. */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<ActorRequest>();
  if (actor === undefined) throw new ProblemError('unauthenticated');
  return actor;
});
