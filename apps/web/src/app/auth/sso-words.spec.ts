import { ssoWords } from './sso-words';

describe('ssoWords', () => {
  it('says nothing where nothing went wrong', () => {
    expect(ssoWords(undefined, undefined)).toBeUndefined();
  });

  it('names the provider that does not answer, and another way in where there is one', () => {
    expect(ssoWords('unavailable', { name: 'Example', only: false })).toBe(
      'Example does not answer right now. Try again in a moment, or use your password.',
    );
    expect(ssoWords('unavailable', { name: 'single sign-on', only: true })).toBe(
      'Single sign-on does not answer right now. Try again in a moment.',
    );
  });

  it('has words for every way in which a sign-in ends', () => {
    const codes = [
      'sso_denied',
      'sso_expired',
      'sso_failed',
      'sso_unverified',
      'sso_conflict',
      'account_suspended',
      'registration_closed',
      'rate_limited',
      'not_found',
    ];
    const words = codes.map((code) => ssoWords(code, undefined));
    expect(new Set(words).size).toBe(codes.length);
  });

  it('shows nothing that somebody wrote into the address', () => {
    expect(ssoWords('<b>Call 555-0199</b>', undefined)).not.toContain('555');
  });
});
