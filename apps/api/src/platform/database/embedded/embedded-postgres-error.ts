/** Why the embedded PostgreSQL cannot run, in a sentence for the person who started the server. */
export class EmbeddedPostgresError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
  }
}

const FILE_SYSTEM_REASONS: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  EACCES: 'the account this server runs as may not write there',
  EPERM: 'the account this server runs as may not write there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of this path is a file, not a folder',
  EEXIST: 'a file is in the way',
};

/**
 * Runs file work below `folder` and turns what the operating system refuses into a sentence.
 * @throws EmbeddedPostgresError where the cause is one a person can mend; anything else unchanged
 */
export function inFolder<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = FILE_SYSTEM_REASONS[errorCode(error) ?? ''];
    if (reason === undefined) throw error;
    throw new EmbeddedPostgresError(
      `The database cannot be kept in ${folder}: ${reason}. Mend that, or set DATA_DIR to a folder this server can write.`,
      { cause: error },
    );
  }
}

/** The operating system's code (`ENOENT`) or PostgreSQL's SQLSTATE that an error carries. */
export function errorCode(error: unknown): string | undefined {
  // Not `instanceof Error`: under the tests, errors of Node itself are of another realm's class.
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
