/** Codes of Node's sockets when there is nobody at the other end. */
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

/** PostgreSQL's classes of "not now": connection exceptions, operator intervention, resources. */
const UNAVAILABLE_CLASSES = ['08', '57P', '53'];

/** "Not now" of other classes: a lock not to be had, a statement given up, an I/O error, a transaction left idle or too long. */
const UNAVAILABLE_CODES = new Set(['55P03', '57014', '58030', '25P03', '25P04']);

/** Sentences of the driver that come without a code. */
const DRIVER_MESSAGES =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|[Qq]uery runner already released/;

interface CodedError {
  code?: unknown;
  driverError?: unknown;
  message?: unknown;
}

/** Whether the database was out of reach: the statement may or may not have been carried out, and may be tried again. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, driverError, message } = error as CodedError;
  if (driverError !== undefined && isDatabaseUnavailable(driverError)) return true;
  if (typeof code === 'string') {
    if (SOCKET_CODES.has(code) || UNAVAILABLE_CODES.has(code)) return true;
    if (UNAVAILABLE_CLASSES.some((prefix) => code.startsWith(prefix)) && code.length === 5) return true;
  }
  return typeof message === 'string' && DRIVER_MESSAGES.test(message);
}

/** Whether the transaction lost against another and may be tried again as it is. */
export function isSerializationFailure(error: unknown): boolean {
  const code = sqlState(error);
  return code === '40001' || code === '40P01';
}

/** Whether somebody else held a lock for longer than this statement may wait. */
export function isLockTimeout(error: unknown): boolean {
  return sqlState(error) === '55P03';
}

/** Whether a row with this key exists already; with a constraint's name, only for that constraint. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (sqlState(error) !== '23505') return false;
  if (constraint === undefined) return true;
  const { driverError } = error as CodedError;
  const source = (driverError ?? error) as { constraint?: unknown };
  return source.constraint === constraint;
}

function sqlState(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, driverError } = error as CodedError;
  return driverError === undefined ? code : (sqlState(driverError) ?? code);
}
