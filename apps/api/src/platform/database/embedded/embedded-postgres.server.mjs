// For the test that kills a server: starts the database of the folder it is given, says where, and stays.
import { startEmbeddedPostgres } from './index.ts';

const { url } = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', log: () => undefined });
console.log(url);
setInterval(() => undefined, 60_000);
