const MAX_LENGTH = 500;
/** Any origin does: what does not stay within it would lead away from ours as well. */
const ORIGIN = 'https://chatr.invalid';
const NOT_A_PLACE = /^\/(\/|api(\/|$)|socket\.io(\/|$)|login(\/|$))/;

/**
 * Where somebody wanted to go, if that is a place within the web app: an address from a query must not lead elsewhere. It is read
 * as browsers do, to whom `/\evil` and a tab before the second slash are other ways of writing `//evil`.
 */
export function ownPath(value: unknown, fallback: string): string {
  if (typeof value !== 'string' || !value.startsWith('/') || value.length > MAX_LENGTH) return fallback;
  if (!URL.canParse(value, ORIGIN)) return fallback;
  const { origin, pathname, search, hash } = new URL(value, ORIGIN);
  return origin === ORIGIN && !NOT_A_PLACE.test(pathname) ? `${pathname}${search}${hash}` : fallback;
}
