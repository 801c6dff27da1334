import { hasHostName } from './host-name.js';

test.each(['http://localhost:3000', 'https://chat.example.test', 'https://1.example.test'])('%s has a name', (url) => {
  expect(hasHostName(url)).toBe(true);
});

test.each(['http://127.0.0.1:3000', 'https://[::1]', 'http://192.0.2.1', 'http://2130706433'])(
  '%s has an address only',
  (url) => {
    expect(hasHostName(url)).toBe(false);
  },
);
