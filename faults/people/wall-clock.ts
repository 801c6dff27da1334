let skewMs = 0;

/** From now on `Date` tells what the wall clock of this process would: one that is set wrong. Timers go on as they are. */
export function takeOverWallClock(): void {
  globalThis.Date = new Proxy(Date, {
    construct: (target, given, as) =>
      Reflect.construct(target, given.length === 0 ? [target.now() + skewMs] : given, as) as object,
    get: (target, property) =>
      property === 'now' ? () => target.now() + skewMs : (Reflect.get(target, property) as unknown),
  });
}

export function setWallClock(byMs: number): void {
  skewMs += byMs;
}
