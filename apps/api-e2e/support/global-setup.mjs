// Jest loads this file outside its own module system, so Node reads the TypeScript here: files that import no other.
import { startServer } from './server.ts';
import { announceSharedServer } from './shared-server.ts';

/** @type {import('./server.ts').TestServer | undefined} */
export let server;

export default async function globalSetup() {
  server = await startServer();
  announceSharedServer(server);
}
