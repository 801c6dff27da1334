import { ChatrClient } from './client.js';

const client = new ChatrClient({ baseUrl: 'https://chat.example.test', transport: 'cookie' });

test('the way to the provider is a link that keeps where somebody wanted to go', () => {
  expect(client.sso.startUrl()).toBe('https://chat.example.test/api/auth/sso/start');
  expect(client.sso.startUrl('/chats/1?a=b&c#d')).toBe(
    'https://chat.example.test/api/auth/sso/start?next=%2Fchats%2F1%3Fa%3Db%26c%23d',
  );
});
