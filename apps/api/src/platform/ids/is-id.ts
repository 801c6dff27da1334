import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsUUID } from 'class-validator';

/** The one form of an id: ids are compared as texts, and the database knows them by lower-case letters. */
export function normaliseId(id: string): string {
  return id.toLowerCase();
}

/** A field that holds an id, or with `each` a list of them, however its letters are written. */
export function IsId(options: { each?: boolean } = {}): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(normalise) : normalise(value))),
    IsUUID(undefined, options),
  );
}

function normalise(value: unknown): unknown {
  return typeof value === 'string' ? normaliseId(value) : value;
}
