import { ownPath } from './own-path.js';

describe('ownPath', () => {
  it.each(['/chats', '/chats/0199?at=3#m', '/settings', '/'])('goes to %s', (path) => {
    expect(ownPath(path, '/fallback')).toBe(path);
  });

  it.each([
    'https://evil.test',
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '/.//evil.test',
    '/%2e//evil.test',
    '/chats/..//evil.test',
    'javascript:alert(1)',
    '\\\\evil.test',
    'chats',
    '',
    '/api/auth/sso/start',
    '/socket.io/',
    '/login?problem=unavailable',
    `/${'x'.repeat(500)}`,
    undefined,
    null,
    ['/chats'],
    { next: '/chats' },
  ])('does not follow %j', (value) => {
    expect(ownPath(value, '/fallback')).toBe('/fallback');
  });
});
