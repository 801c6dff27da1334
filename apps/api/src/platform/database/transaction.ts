import type pg from 'pg';

/** A statement that is prepared once for each connection. Its parameters are text as PostgreSQL reads it, or null. */
export interface PreparedStatement {
  /** Its name on the connection; no other statement may have it. */
  name: string;
  text: string;
}

/** A row as PostgreSQL writes it: the values of its columns in their order. */
export type TextRow = readonly (string | null)[];

/** One statement of a transaction, with its values. */
export interface Step {
  statement: PreparedStatement;
  values: readonly (string | null)[];
}

/** What of the driver's connection is used here and not in its types. */
type Wire = Pick<pg.Connection, 'stream' | 'sync'> & {
  parse(query: { name: string; text: string }): void;
  bind(config: { statement: string; values: readonly (string | null)[] }): void;
  execute(config: { portal: string; rows: number }): void;
  close(message: { type: 'S'; name: string }): void;
};

const prepared = new WeakMap<Wire, Set<string>>();

/**
 * Runs statements as one transaction that goes to the database in one write and comes back in one read: without BEGIN and COMMIT, which
 * would be two more statements with an answer each, PostgreSQL commits what comes before a Sync. Every statement has a
 * snapshot of its own, as in any transaction that reads what is committed.
 * @param client where it is in a transaction already, they become a part of that
 * @returns the rows of each statement
 * @throws DatabaseError, when nothing is committed; another Error, when the connection broke: then it is not known
 */
export function runTransaction(client: pg.ClientBase, steps: readonly Step[]): Promise<TextRow[][]> {
  return new Promise((resolve, reject) => {
    const query = client.query.bind(client) as (submittable: pg.Submittable, callback: Callback) => void;
    query(new Transaction(steps), (error, rows) => {
      if (error === null) resolve(rows ?? []);
      else reject(error);
    });
  });
}

type Callback = (error: Error | null, rows?: TextRow[][]) => void;

/** Speaks PostgreSQL's extended protocol; the driver calls it with what comes back. */
class Transaction implements pg.Submittable {
  /** Set by the driver, which also puts its time limit in between. */
  callback: Callback | undefined;
  private readonly results: TextRow[][] = [];
  private rows: TextRow[] = [];
  private wire: Wire | undefined;

  constructor(private readonly steps: readonly Step[]) {}

  submit(connection: pg.Connection): null {
    const wire = (this.wire = connection as unknown as Wire);
    wire.stream.cork();
    for (const { statement, values } of this.steps) {
      if (prepared.get(wire)?.has(statement.name) !== true) {
        // An attempt that failed may have left it there.
        wire.close({ type: 'S', name: statement.name });
        wire.parse(statement);
      }
      wire.bind({ statement: statement.name, values });
      wire.execute({ portal: '', rows: 0 });
    }
    wire.sync();
    wire.stream.uncork();
    return null;
  }

  handleDataRow({ fields }: { fields: TextRow }): void {
    this.rows.push(fields);
  }

  handleCommandComplete(): void {
    this.results.push(this.rows);
    this.rows = [];
  }

  handleReadyForQuery(): void {
    this.remember();
    this.callback?.(null, this.results);
  }

  handleError(error: Error): void {
    // It may be about a statement that is not there any more: the next attempt prepares anew.
    if (this.wire !== undefined) prepared.delete(this.wire);
    this.callback?.(error);
  }

  private remember(): void {
    if (this.wire === undefined) return;
    const names = prepared.get(this.wire) ?? new Set();
    for (const { statement } of this.steps) names.add(statement.name);
    prepared.set(this.wire, names);
  }
}

/** Values as PostgreSQL reads an array of them. */
export function toArrayText(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : `"${escaped(value)}"`)).join()}}`;
}

const SPECIAL = /["\\]/g;

function escaped(value: string): string {
  return value.includes('"') || value.includes('\\') ? value.replace(SPECIAL, '\\$&') : value;
}
