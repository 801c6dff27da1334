import { jest } from '@jest/globals';
import bcrypt from 'bcrypt';
import type { Config } from '../../platform/index.js';
import { Passwords } from './passwords.js';

const ROUNDS = 10;

describe('comparing a password', () => {
  const passwords = new Passwords({ passwordRounds: ROUNDS } as Config);
  const compare = jest.spyOn(bcrypt, 'compare');

  afterEach(() => {
    compare.mockClear();
  });
  afterAll(() => {
    compare.mockRestore();
  });

  /** What was compared: how often, and at which cost. */
  async function workOf(password: string, hash: string | undefined): Promise<number[]> {
    compare.mockClear();
    await passwords.matches(password, hash);
    return compare.mock.calls.map(([, against]) => bcrypt.getRounds(against));
  }

  it('is the same work where there is no account, where it is wrong, and where it is too long to be right', async () => {
    const hash = await passwords.hash('the right password');
    expect(await workOf('the right password', hash)).toEqual([ROUNDS]);
    expect(await workOf('a wrong password', hash)).toEqual([ROUNDS]);
    expect(await workOf('any password', undefined)).toEqual([ROUNDS]);
    expect(await workOf('x'.repeat(1_000), hash)).toEqual([ROUNDS]);
    expect(await workOf('any\0password', undefined)).toEqual([ROUNDS]);
  });

  it('never fits an account that is gone', async () => {
    for (const password of ['', 'any password']) expect(await passwords.matches(password, '')).toBe(false);
  });
});
