import { displayNameProblem, emailProblem, passwordProblem, usernameProblem } from './rules';

describe('rules of the sign-in forms', () => {
  it('accept what the server accepts', () => {
    expect(emailProblem(' nora@example.org ')).toBeUndefined();
    expect(usernameProblem('nora.l-2_')).toBeUndefined();
    expect(displayNameProblem('ليلى')).toBeUndefined();
    expect(passwordProblem('12345678')).toBeUndefined();
  });

  it('say what is wrong', () => {
    expect(emailProblem('')).toBe('Enter your e-mail address.');
    expect(emailProblem('nora@here')).toContain('does not look like');
    expect(usernameProblem('ab')).toContain('at least 3');
    expect(usernameProblem('a'.repeat(31))).toContain('at most 30');
    expect(usernameProblem('no spaces')).toContain('letters a–z');
    expect(usernameProblem('.dot')).toContain('Begin with');
    expect(displayNameProblem(' ')).toContain('name others will see');
    expect(passwordProblem('short')).toContain('at least 8');
    expect(passwordProblem('é'.repeat(37))).toContain('longer');
  });
});
