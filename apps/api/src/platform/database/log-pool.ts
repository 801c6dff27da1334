/** Injection token of the `pg.Pool` that the message log writes through. */
export const LOG_POOL = Symbol('LOG_POOL');
