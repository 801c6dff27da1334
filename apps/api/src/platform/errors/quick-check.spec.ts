import { IsInt, IsOptional, IsString, Length, Max, Min, ValidateIf, validateSync } from 'class-validator';
import { IsId } from '../ids/is-id.js';
import { isPlainlyValid } from './quick-check.js';

class Draft {
  @IsString()
  @Length(1, 5)
  name: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(9)
  digit?: number;

  @ValidateIf((draft: Draft) => draft.digit === undefined)
  @IsId()
  id?: string;
}

class Derived extends Draft {
  @IsString()
  more: string;
}

class WithList {
  @IsId({ each: true })
  ids: string[];
}

const ID = '019329f0-0000-7000-8000-000000000000';
const strictly = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
const instance = <T extends object>(dto: new () => T, values: object): T => Object.assign(new dto(), values);

it('says the same as class-validator, for every combination of good and bad values', () => {
  const names = ['a', 'abcde', '', 'abcdef', 5, null, undefined];
  const digits = [0, 9, -1, 10, 1.5, '1', null, undefined];
  const ids = [ID, 'no id', 5, null, undefined];
  const mores = ['text', 5, undefined];
  let valid = 0;
  for (const name of names)
    for (const digit of digits)
      for (const id of ids)
        for (const more of mores)
          for (const dto of [Draft, Derived]) {
            const values = { name, digit, id, ...(dto === Derived || more === 'text' ? { more } : {}) };
            const plainly = isPlainlyValid(dto, instance(dto, values));
            expect([values, plainly]).toEqual([values, validateSync(instance(dto, values), strictly).length === 0]);
            if (plainly) valid += 1;
          }
  expect(valid).toBeGreaterThan(20);
});

it('leaves to class-validator what it does not know, and never lets an unknown field pass', () => {
  expect(isPlainlyValid(WithList, instance(WithList, { ids: [ID] }))).toBe(false);
  expect(isPlainlyValid(Draft, instance(Draft, { name: 'a', id: ID, unknown: 1 }))).toBe(false);
  expect(isPlainlyValid(Draft, instance(Draft, { name: 'a', id: ID, toString: 1 }))).toBe(false);
});
