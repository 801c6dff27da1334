import { isUUID } from 'class-validator';
import { LIMITS } from '@chatr/contracts';
import { normaliseId, ProblemError, quickInstance } from '../platform/index.js';
import type { DeviceStatus } from '../presence/index.js';
import { PositionEventDto } from './event.dto.js';

/** `message:read` comes with a message's id or with a position. @throws ProblemError validation_failed */
export function parseReadEvent(value: unknown): string | PositionEventDto {
  if (typeof value === 'string' && isUUID(value)) return normaliseId(value);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    // It has no field that is not plain, so what is not quickly found to be valid is not.
    const position = quickInstance(PositionEventDto, value);
    if (position !== undefined) return position;
  }
  throw new ProblemError('validation_failed', "A message's id is expected, or { chatId, seq }.");
}

/** @throws ProblemError validation_failed */
export function parsePresence(value: unknown): DeviceStatus {
  if (value === 'online' || value === 'away') return value;
  throw new ProblemError('validation_failed', 'The presence is "online" or "away".');
}

/** @throws ProblemError validation_failed */
export function parseUserIds(value: unknown): string[] {
  if (Array.isArray(value) && value.length <= LIMITS.presenceRequest && value.every((id): id is string => isUUID(id)))
    return value.map(normaliseId);
  throw new ProblemError('validation_failed', `A list of at most ${LIMITS.presenceRequest} user ids is expected.`);
}
