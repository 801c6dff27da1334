/** How long and how large: the same scenarios, for a look or for the record. */
export interface Scale {
  profile: 'quick' | 'full';
  /** Before each measurement, for compilers and caches. */
  warmUpSeconds: number;
  seconds: number;
  /** One of the many steps of a search, which the last ones make good. */
  stepSeconds: number;
  runs: number;
  /** How long a run waits for a machine that is busy with something else. */
  patienceSeconds: number;
}

export const SCALES: Readonly<Record<Scale['profile'], Scale>> = {
  quick: { profile: 'quick', warmUpSeconds: 2, seconds: 4, stepSeconds: 1.5, runs: 1, patienceSeconds: 3 },
  full: { profile: 'full', warmUpSeconds: 2, seconds: 5, stepSeconds: 2, runs: 3, patienceSeconds: 30 },
};
