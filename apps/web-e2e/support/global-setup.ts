import { startServer } from '../../api-e2e/support/server.js';
import { announceSharedServer } from '../../api-e2e/support/shared-server.js';

/** Starts the server all scenarios share; the configuration reads its address when the tests' processes load it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  // People of the scenarios register outside of the browser, to which each of them would be new.
  const server = await startServer({ LOGIN_VERIFICATION: 'off' });
  announceSharedServer(server);
  return () => server.destroy();
}
