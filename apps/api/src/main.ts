import { format } from 'node:util';
import { DemoRefusedError } from './demo/index.js';
import {
  EmbeddedPostgresError,
  ConfigError,
  createLog,
  loadConfig,
  SchemaBehindError,
  type Config,
} from './platform/index.js';
import { type RunningServer, startServer } from './server.js';

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET']);
/** PostgreSQL's codes for a wrong user or password, and for a database that does not exist. */
const NOT_ADMITTED = new Set(['28000', '28P01', '3D000']);

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Ends the process when stopping hangs: whoever asked for it should not have to kill it. */
const STOP_MARGIN_MS = 20_000;
/** Errors whose message says all there is to say. */
const UNDERSTANDABLE = [ConfigError, DemoRefusedError, EmbeddedPostgresError, SchemaBehindError];

try {
  const config = loadConfig();
  const log = createLog(config);
  const server = await startServer(config, log, { demo: process.argv.includes('--demo') });
  greet(config, server);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(config, server));
} catch (error) {
  complain(error);
  process.exit(1);
}

async function stop(config: Config, server: RunningServer): Promise<void> {
  setTimeout(() => process.exit(1), config.drainMs + STOP_MARGIN_MS).unref();
  try {
    await server.stop();
    process.exit(0);
  } catch (error) {
    complain(error);
    process.exit(1);
  }
}

function greet(config: Config, { demo }: RunningServer): void {
  const lines = [`Chatr is at ${config.publicUrl}`, `API documentation: ${config.publicUrl}/api/docs`];
  if (config.databaseUrl === undefined) lines.push(`Data is kept in ${config.dataDir}`);
  if (config.smtpUrl === undefined)
    lines.push(`Mail is kept in the development mailbox: ${config.publicUrl}/api/dev/mailbox`);
  if (config.smtpUrl === undefined && !LOOPBACK.has(config.host))
    lines.push(`Careful: whoever reaches ${config.host} can read that mailbox, and with it every code. Set SMTP_URL.`);
  if (demo !== undefined)
    lines.push(
      `Demo company: log in as ${demo.administrator} (administrator) or ${demo.colleague}, password ${demo.password}`,
    );
  lines.push('One server without Redis: presence, rate limits and broadcast are this process’ own.');
  process.stdout.write(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`);
}

function complain(error: unknown): void {
  process.stderr.write(`${format(explain(error))}\n`);
}

/** What a person can act on comes without a stack. */
function explain(error: unknown): unknown {
  if (UNDERSTANDABLE.some((kind) => error instanceof kind)) return (error as Error).message;
  if (error instanceof Error && 'code' in error) {
    const port = 'port' in error ? String(error.port) : '';
    if (error.code === 'EADDRINUSE')
      return `Port ${port} is taken by another program. End that one, or choose another port with PORT.`;
    if (error.code === 'EACCES' && port !== '')
      return `Port ${port} may not be opened by this user. Choose another one with PORT.`;
    if (UNREACHABLE.has(String(error.code)))
      return 'The database at DATABASE_URL does not answer. Is it running, and is the address right?';
    if (NOT_ADMITTED.has(String(error.code)))
      return `The database at DATABASE_URL does not let the server in: ${error.message}.`;
  }
  return error;
}
