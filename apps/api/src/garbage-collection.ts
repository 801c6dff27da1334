import { setFlagsFromString } from 'node:v8';

/**
 * Every message is a few hundred objects that live for some milliseconds, until its batch is committed and told. V8 takes what
 * survives a collection for long-lived and makes it among the old objects from then on; there it keeps, until the next full
 * collection, everything it refers to. With that guess left out, what is collected is young, and full collections are rare.
 */
export function expectShortLives(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
