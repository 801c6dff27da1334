// `npm start`: installs what is missing, builds what changed, and runs the server until it is told to end.
// Options go on to the server: `npm start -- --demo`.
import { buildWhenStale } from './launcher/build.mjs';
import { installWhenStale } from './launcher/install.mjs';
import { continueUnderOwnNode } from './launcher/node.mjs';
import { fail } from './launcher/run.mjs';
import { runServer } from './launcher/server.mjs';

try {
  await installWhenStale();
  await continueUnderOwnNode();
  await buildWhenStale();
  process.exitCode = await runServer(process.argv.slice(2));
} catch (error) {
  fail(error);
}
