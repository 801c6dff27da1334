import { estimate } from './password-estimate';
import { passwordStrength, type Strength } from './password-strength';

function strengthOf(password: string, about: readonly string[] = []): Strength {
  return passwordStrength(password, estimate(password, about));
}

describe('how strong a password is', () => {
  it('is the length first', () => {
    expect(strengthOf('short')).toEqual({ level: 0, advice: 'At least 8 characters.' });
    expect(passwordStrength('long enough', undefined)).toEqual({ level: 0, advice: '' });
  });

  it('distrusts what everybody tries, names and repeats, and says so', () => {
    expect(strengthOf('Password123')).toMatchObject({
      level: 1,
      advice: expect.stringContaining('Too easy to guess.'),
    });
    expect(strengthOf('Lindqvist', ['nora.lindqvist@example.org']).advice).toContain('Leave names and addresses out');
    expect(strengthOf('x7'.repeat(36)).advice).toContain('Repeated character patterns');
  });

  it('rewards phrases', () => {
    expect(strengthOf('correct horse battery staple')).toEqual({ level: 4, advice: 'Strong.' });
  });
});
