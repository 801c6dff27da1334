import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, version } from 'node:os';

/** What one has to know of the machine to compare its figures with those of another. */
export interface Facts {
  date: string;
  commit: string;
  /** Whether there were changes that are in no commit. */
  changed: boolean;
  cpu: string;
  cores: number;
  memoryGb: number;
  kernel: string;
  system: string;
  node: string;
  postgres: string;
}

export function factsOf(postgres: string): Facts {
  return {
    date: new Date().toISOString(),
    commit: git('rev-parse', '--short=12', 'HEAD'),
    changed: git('status', '--porcelain') !== '',
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    system: version(),
    node: process.versions.node,
    postgres,
  };
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown'; // a source archive
  }
}
