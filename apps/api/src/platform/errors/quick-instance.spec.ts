import { plainToInstance, Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min, ValidateIf, validateSync } from 'class-validator';
import { IsId } from '../ids/is-id.js';
import { quickInstance } from './quick-instance.js';

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

class WithNumber {
  @Type(() => Number)
  @IsInt()
  number: number;
}

class WithList {
  @IsId({ each: true })
  ids: string[];
}

const ID = '019329f0-0000-7000-8000-000000000000';
const strictly = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

it('makes the same as class-transformer and class-validator, for every combination of good and bad values', () => {
  const names = ['a', 'abcde', '', 'abcdef', 5, null, undefined];
  const digits = [0, 9, -1, 10, 1.5, '1', null, undefined];
  const ids = [ID, ID.toUpperCase(), 'no id', 5, null, undefined];
  const mores = ['text', 5, undefined];
  let valid = 0;
  for (const name of names)
    for (const digit of digits)
      for (const id of ids)
        for (const more of mores)
          for (const dto of [Draft, Derived]) {
            const values = { name, digit, id, ...(dto === Derived || more === 'text' ? { more } : {}) };
            const made = plainToInstance<Draft, object>(dto, values);
            const expected = validateSync(made, strictly).length === 0 ? made : undefined;
            // Nothing is not quick: what is missing in a field that may be missing is for the libraries.
            const quick =
              quickInstance<Draft>(dto, values) ?? (Object.values(values).includes(null) ? expected : undefined);
            expect([values, quick]).toStrictEqual([values, expected]);
            if (quick !== undefined) valid += 1;
          }
  expect(valid).toBeGreaterThan(20);
});

it('leaves to the libraries what it does not know, and never lets an unknown field pass', () => {
  expect(quickInstance(WithList, { ids: [ID] })).toBeUndefined();
  expect(quickInstance(WithNumber, { number: '1' })).toBeUndefined();
  expect(quickInstance(Draft, { name: 'a', id: ID, unknown: 1 })).toBeUndefined();
  expect(quickInstance(Draft, { name: 'a', id: ID, toString: 1 })).toBeUndefined();
  expect(
    quickInstance(Draft, JSON.parse(`{ "name": "a", "id": "${ID}", "__proto__": "x" }`) as object),
  ).toBeUndefined();
});
