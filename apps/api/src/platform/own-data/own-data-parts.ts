import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** What one module keeps about a person, for the archive of everything that is kept about them. */
export interface ExportPart {
  /** The file's name in the archive: small letters, digits and hyphens, ending in `.json`. */
  file: string;
  /** What is in it, in words for the person. */
  describes: string;
  /** The entries as they are read: a page of rows at a time, never all of them at once. Never a secret, nor what is others' to know. */
  entries(userId: string): AsyncIterable<object>;
}

/** Takes away what one module keeps about a person whose account is being deleted. */
export interface DeletionPart {
  /** Within the transaction that deletes the account; the person's row is still as it was. It may run again after a deadlock. */
  erase(userId: string, manager: EntityManager): Promise<void>;
}

/**
 * What modules keep about people: each says it itself, so that the module which exports and deletes accounts need not know their
 * tables. Register in the constructor of a provider.
 */
@Injectable()
export class OwnDataParts {
  readonly exports: ExportPart[] = [];
  readonly deletions: DeletionPart[] = [];

  exported(part: ExportPart): void {
    if (!/^[a-z0-9-]+\.json$/.test(part.file) || this.exports.some(({ file }) => file === part.file)) {
      throw new Error(`“${part.file}” cannot be a part of the archive`);
    }
    this.exports.push(part);
  }

  deleted(part: DeletionPart): void {
    this.deletions.push(part);
  }
}

/** Reads page after page, each from where the one before ended. @param keyOf what the next page begins after */
export async function* inPages<Row, Key>(
  read: (after: Key | undefined) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): AsyncGenerator<Row> {
  let after: Key | undefined;
  for (;;) {
    const rows = await read(after);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = keyOf(last);
  }
}
