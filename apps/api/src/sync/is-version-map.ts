import { isUUID, registerDecorator } from 'class-validator';
import { LIMITS } from '@chatr/contracts';
import { normaliseId } from '../platform/index.js';

/** Validates an object whose keys are chat ids and whose values are versions. */
export function IsVersionMap(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isVersionMap',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: isVersionMap,
        defaultMessage: () => `chats must map at most ${LIMITS.syncChats} chat ids to versions (whole numbers from 0)`,
      },
    });
}

function isVersionMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= LIMITS.syncChats &&
    entries.every(
      ([id, version]) => isUUID(id) && id === normaliseId(id) && Number.isSafeInteger(version) && version >= 0,
    )
  );
}
