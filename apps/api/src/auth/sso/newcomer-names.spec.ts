import { usernameProblem } from '../../users/index.js';
import { displayNameFor, usernamesFor } from './newcomer-names.js';

function first(count: number, ...usernames: string[]): string[] {
  const found = usernamesFor({ usernames });
  return Array.from({ length: count }, () => found.next().value);
}

describe('usernamesFor', () => {
  it('keeps what the provider calls somebody', () => {
    expect(first(3, 'ann', 'a.miller')).toEqual(['ann', 'a.miller', 'person']);
  });

  it.each([
    ['Zoë Müller', 'zoe.muller'],
    ['DOMAIN\\Bob', 'domain.bob'],
    ['..ann..', 'ann'],
    ['ann+news', 'ann.news'],
    ['x'.repeat(60), 'x'.repeat(30)],
  ])('makes a username of %s', (name, username) => {
    expect(first(1, name)).toEqual([username]);
  });

  it.each(['admin', 'al', '🙂', '李', '', '---'])('has one for %j too, which may not be used as it is', (name) => {
    const usernames = first(12, name);
    expect(usernames.filter((username) => usernameProblem(username) !== undefined)).toEqual([]);
  });

  it('goes on for as long as all are taken', () => {
    const usernames = first(200, 'x'.repeat(30), 'ann');
    expect(usernames.filter((username) => usernameProblem(username) !== undefined)).toEqual([]);
    expect(new Set(usernames).size).toBeGreaterThan(190);
  });
});

describe('displayNameFor', () => {
  const named = (...displayNames: string[]): string => displayNameFor({ displayNames }, 'ann');

  it('takes the first name that people can read', () => {
    expect(named('Ann Miller', 'ann')).toBe('Ann Miller');
    expect(named('\u202Enn A', 'Ann')).toBe('Ann');
    expect(named('\u0007')).toBe('ann');
    expect(named()).toBe('ann');
  });

  it('cuts a long one between characters', () => {
    expect(named('🙂'.repeat(100))).toBe('🙂'.repeat(80));
  });
});
