import { randomUUID } from 'node:crypto';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { IsId } from '../ids/is-id.js';
import { ProblemError } from './problem-error.js';
import { StrictValidationPipe } from './validation.js';

class Part {
  @IsInt()
  size: number;
}

class Draft {
  @IsString()
  name: string;

  @IsOptional()
  @IsId()
  id?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => Part)
  part?: Part;
}

const pipe = new StrictValidationPipe();
const read = (value: unknown): unknown => pipe.transform(value, { type: 'body', metatype: Draft });

function refusal(value: unknown): ProblemError {
  try {
    read(value);
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

it('makes an instance of what fits', () => {
  expect(read({ name: 'x' })).toBeInstanceOf(Draft);
});

it('names each wrong field by its path, unknown ones too', () => {
  const { code, errors } = refusal({ name: 1, part: { size: 'x' }, extra: true });
  expect([code, errors?.map(({ path }) => path).toSorted()]).toEqual([
    'validation_failed',
    ['extra', 'name', 'part.size'],
  ]);
});

it.each([[null], ['text'], [1], [[]], [[{ name: 'x' }]]])('refuses %j, which is no object', (value) => {
  expect(refusal(value).code).toBe('validation_failed');
});

it('treats no body as an empty one', () => {
  expect(refusal(undefined).errors?.[0]?.path).toBe('name');
});

it.each([
  ['an object', (fields: object) => fields],
  ['a known field', (fields: object) => ({ name: 'x', part: fields })],
  ['many small ones', (fields: object) => ({ name: 'x', part: Object.keys(fields).map((key) => ({ [key]: 1 })) })],
])('refuses more fields than anybody means at once, in %s', (_, place) => {
  const fields = Object.fromEntries(Array.from({ length: 180_000 }, (__, index) => [`f${index}`, 1]));
  expect(refusal(place(fields)).toProblem('').detail).toBe('This has too many fields.');
});

it('refuses what is nested so deeply that nobody can mean it', () => {
  const deep = JSON.parse(`{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`) as unknown;
  expect(refusal(deep).code).toBe('validation_failed');
});

it('brings ids into their one form, in fields and in addresses', () => {
  const id = randomUUID();
  expect(read({ name: 'x', id: id.toUpperCase() })).toMatchObject({ id });
  expect(pipe.transform(id.toUpperCase(), { type: 'param', metatype: String })).toBe(id);
  expect(pipe.transform('Not An Id', { type: 'param', metatype: String })).toBe('Not An Id');
});
