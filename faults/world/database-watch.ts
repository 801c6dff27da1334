import pg from 'pg';

const LOOK_MS = 1_000;
/** A transaction of the server's own takes milliseconds. */
const LONG = '3 seconds';

/** One that has gone on for long, or waits. */
export type LongTransaction = Record<'seconds' | 'state' | 'waits' | 'blockedBy' | 'query', unknown>;

/** Looks for transactions that go on for long: what a history needs to say why something waited. */
export class DatabaseWatch {
  #client: pg.Client | undefined;
  readonly #timer = setInterval(() => void this.look().catch(() => this.forget()), LOOK_MS);

  constructor(
    private readonly url: string,
    private readonly found: (transactions: readonly LongTransaction[]) => void,
  ) {}

  end(): void {
    clearInterval(this.#timer);
    this.forget();
  }

  private async look(): Promise<void> {
    if (this.#client === undefined) {
      const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: LOOK_MS });
      client.on('error', () => this.forget()); // it is tried again
      await client.connect();
      this.#client = client;
    }
    const { rows } = await this.#client.query<LongTransaction>(
      `SELECT round(extract(epoch FROM clock_timestamp() - xact_start)) AS seconds, state, wait_event AS waits,
         pg_blocking_pids(pid) AS "blockedBy", left(regexp_replace(query, '\\s+', ' ', 'g'), 160) AS query
       FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < clock_timestamp() - interval '${LONG}'`,
    );
    if (rows.length > 0) this.found(rows);
  }

  private forget(): void {
    void this.#client?.end().catch(() => undefined);
    this.#client = undefined;
  }
}
