import { format } from 'node:util';
import { DemoRefusedError } from './demo/index.js';
import { ConfigError, EmbeddedPostgresError, SchemaBehindError } from './platform/index.js';
import { WorkerFailedError } from './workers/index.js';

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET']);
/** PostgreSQL's codes for a wrong user or password, and for a database that does not exist. */
const NOT_ADMITTED = new Set(['28000', '28P01', '3D000']);
/** Errors whose message says all there is to say. */
const UNDERSTANDABLE = [ConfigError, DemoRefusedError, EmbeddedPostgresError, SchemaBehindError, WorkerFailedError];

/** Tells whoever started the server why it ends. */
export function complain(error: unknown): void {
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
