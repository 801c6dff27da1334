import { ChatrError } from '@chatr/client';
import { errorWords, problemWords } from './problem-words';

describe('the words of failures', () => {
  it('names the wait when the server does', () => {
    expect(problemWords({ code: 'rate_limited', retryAfter: 20 })).toBe(
      'That was a lot at once. Try again in 20 seconds.',
    );
    expect(problemWords({ code: 'rate_limited', retryAfter: 601 })).toBe(
      'That was a lot at once. Try again in 11 minutes.',
    );
  });

  it('takes the title of a problem that a newer server made up', () => {
    expect(problemWords({ code: 'moon_phase_wrong', title: 'The moon is wrong' })).toBe('The moon is wrong');
  });

  it('leaves what is no refusal to the error handler', () => {
    const fault = new TypeError('ours');
    expect(() => errorWords(fault)).toThrow(fault);
    expect(errorWords(ChatrError.local('network_error', 'refused'))).toContain('cannot be reached');
  });
});
