import { startServer } from '../../api-e2e/support/server.js';
import { announceSharedServer } from '../../api-e2e/support/shared-server.js';

/** Starts the server all scenarios share; the configuration reads its address when the tests' processes load it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startServer();
  announceSharedServer(server);
  return () => server.destroy();
}
