import pg from 'pg';

/** A statement that takes longer is given up, with its connection: the database hangs, or somebody cut the wire. */
const QUERY_TIMEOUT_MS = 15_000;
/** PostgreSQL ends a statement itself before the client gives it up, so that nothing runs on for nobody. */
const STATEMENT_TIMEOUT_MS = 12_000;
/** Nobody waits long for a row that somebody else holds: whoever waits keeps a connection from others. */
const LOCK_TIMEOUT_MS = 3_000;
/** No transaction here waits for anything but the database: one that is idle this long has lost its owner. */
const IDLE_IN_TRANSACTION_MS = 5_000;

/**
 * The driver gives a statement up in the client only: the connection stays inside the transaction, the ROLLBACK waits
 * behind the statement that hangs and is given up as well, and whoever gets the connection next writes into a
 * transaction that nobody commits. So this client ends its connection with the statement, before the caller hears of it.
 */
export class DroppingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((...args: unknown[]) => this.watched(query, args)) as typeof this.query;
  }

  private watched(query: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      return query(...args.slice(0, -1), (error: unknown, result: unknown): void => {
        this.dropAfter(error);
        (callback as (error: unknown, result: unknown) => void)(error, result);
      });
    }
    const answer = query(...args);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: unknown) => {
      this.dropAfter(error);
      throw error;
    });
  }

  /** Ending a client that still has a statement under way breaks its wire at once, and no pool takes it back. */
  private dropAfter(error: unknown): void {
    if (error instanceof Error && error.message === 'Query read timeout') void this.end();
  }
}

/** What every pool of the running server is made with. Milliseconds; the tests make them shorter. */
export function connectionSettings(
  queryTimeoutMs = QUERY_TIMEOUT_MS,
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
): pg.PoolConfig {
  return {
    Client: DroppingClient,
    query_timeout: queryTimeoutMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
  };
}
