import { isDatabaseUnavailable, isSerializationFailure, isUniqueViolation } from './database-errors.js';

const coded = (code: string, more: object = {}): Error => Object.assign(new Error('x'), { code, ...more });
const wrapped = (driverError: Error): Error => Object.assign(new Error('QueryFailedError'), { driverError });

it.each([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '08006',
  '57P01',
  '57P03',
  '53300',
  '55P03',
  '57014',
  '58030',
  '25P03',
])('%s means that it is away', (code) => {
  expect(isDatabaseUnavailable(coded(code))).toBe(true);
  expect(isDatabaseUnavailable(wrapped(coded(code)))).toBe(true);
});

it.each([
  'Connection terminated unexpectedly',
  'Query read timeout',
  'timeout exceeded when trying to connect',
  'Query runner already released. Cannot run queries anymore.',
])('“%s” means that it is away', (message) => expect(isDatabaseUnavailable(new Error(message))).toBe(true));

it.each([coded('23505'), coded('42P01'), coded('55000'), new Error('something else'), 'text', null, undefined])(
  '%p does not',
  (error) => expect(isDatabaseUnavailable(error)).toBe(false),
);

it('tells transactions that lost against others', () => {
  expect([coded('40001'), coded('40P01'), wrapped(coded('40P01')), coded('23505')].map(isSerializationFailure)).toEqual(
    [true, true, true, false],
  );
});

it('tells a key that exists, by its constraint where that matters', () => {
  const error = wrapped(coded('23505', { constraint: 'chats_direct_key' }));
  expect([
    isUniqueViolation(error),
    isUniqueViolation(error, 'chats_direct_key'),
    isUniqueViolation(error, 'other'),
  ]).toEqual([true, true, false]);
});
