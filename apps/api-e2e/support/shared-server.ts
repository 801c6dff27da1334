import type { ServerAddress } from './server.js';

const VARIABLE = 'CHATR_E2E_URL';

/** Tells the tests, which run in processes of their own, where the shared server is. */
export function announceSharedServer(server: ServerAddress): void {
  process.env[VARIABLE] = server.url;
}

/**
 * The server that all tests share which do no harm to one. Each test makes its own people and chats on it.
 * @throws Error outside the end-to-end tests
 */
export function sharedServer(): ServerAddress {
  const url = process.env[VARIABLE];
  if (url === undefined) throw new Error('There is no shared server: run the tests by `npm test -- api`.');
  return { url };
}
