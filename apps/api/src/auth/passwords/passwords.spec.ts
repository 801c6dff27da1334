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
    expect(await workOf('any password', passwords.unusable())).toEqual([ROUNDS]);
  });

  it('is as much work where the hash is from before the rounds rose', async () => {
    const hash = await passwords.hash('the right password');
    const dearer = new Passwords({ passwordRounds: ROUNDS + 2 } as Config);
    const more = jest.spyOn(bcrypt, 'hash');
    expect(await dearer.matches('a wrong password', hash)).toBe(false);
    // 2^10 to compare, 2^10 and 2^11 on top: as much as the 2^12 of a decoy.
    expect(more.mock.calls.map(([, rounds]) => rounds)).toEqual([ROUNDS, ROUNDS + 1]);
    more.mockClear();
    expect(await dearer.matches('the right password', hash)).toBe(true);
    expect(more).not.toHaveBeenCalled();
    more.mockRestore();
    expect([dearer.isOutdated(hash), passwords.isOutdated(hash)]).toEqual([true, false]);
  });

  it('never fits an account that is gone or has none', async () => {
    for (const password of ['', '!', 'any password'])
      for (const hash of ['', '!', '!none']) expect(await passwords.matches(password, hash)).toBe(false);
  });

  it('never fits where nobody has chosen one, and no two such accounts look alike', async () => {
    const unusable = passwords.unusable();
    for (const password of ['', '!', unusable, unusable.slice(1)]) {
      expect(await passwords.matches(password, unusable)).toBe(false);
    }
    expect(passwords.isUsable(unusable)).toBe(false);
    expect(passwords.isUsable(await passwords.hash('the right password'))).toBe(true);
    expect(passwords.unusable()).not.toBe(unusable);
  });
});
