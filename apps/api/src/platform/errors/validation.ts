import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { isUUID, validateSync, type ValidationError } from 'class-validator';
import { normaliseId } from '../ids/is-id.js';
import { ProblemError } from './problem-error.js';
import { quickInstance } from './quick-instance.js';

/** With everything that is nested in it. Nothing that we take has more; class-transformer compares each with every other one. */
const FIELDS_LIMIT = 1_000;

const PLAIN_TYPES = new Set<unknown>([String, Boolean, Number, Array, Object, undefined]);

/**
 * Checks every REST body, query and socket event against its DTO: unknown fields are refused, each wrong one is named.
 * It answers at once rather than by a promise that takes longer for some drafts than for others: the messages of one socket
 * must reach their handler in the order in which they came.
 */
export class StrictValidationPipe implements PipeTransform<unknown> {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'param' && typeof value === 'string' && isUUID(value)) return normaliseId(value);
    if (metatype === undefined || type === 'custom' || PLAIN_TYPES.has(metatype)) return value;
    // A request without a body says as much as an empty one: browsers refresh by their cookie alone.
    const draft = value === undefined ? {} : value;
    if (typeof draft !== 'object' || draft === null || Array.isArray(draft)) {
      throw new ProblemError('validation_failed', 'An object is expected.');
    }
    const dto = metatype as new () => object;
    const valid = quickInstance(dto, draft);
    if (valid !== undefined) return valid;
    if (hasTooManyFields(draft)) throw new ProblemError('validation_failed', 'This has too many fields.');
    const instance = instantiate(dto, draft);
    const errors = validateSync(instance, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
    });
    if (errors.length > 0) throw new ProblemError('validation_failed', undefined, { errors: flatten(errors) });
    return instance;
  }
}

/** @throws ProblemError validation_failed for what is nested deeper than anybody means it */
function instantiate<T extends object>(dto: new () => T, draft: object): T {
  try {
    return plainToInstance(dto, draft);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProblemError('validation_failed', 'This is nested too deeply.', { cause: error });
  }
}

function hasTooManyFields(draft: object): boolean {
  let fields = 0;
  const open: unknown[] = [draft];
  while (open.length > 0 && fields <= FIELDS_LIMIT) {
    const values: unknown = open.pop();
    if (typeof values !== 'object' || values === null) continue;
    const inside: unknown[] = Object.values(values);
    if (!Array.isArray(values)) fields += inside.length;
    for (const value of inside) open.push(value);
  }
  return fields > FIELDS_LIMIT;
}

function flatten(errors: readonly ValidationError[], parent = ''): { path: string; message: string }[] {
  return errors.flatMap((error) => {
    const path = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
    return [...own, ...flatten(error.children ?? [], path)];
  });
}
