import { readdirSync, readFileSync } from 'node:fs';

/** What Linux tells of a process, as far as it is needed here. */
export interface ProcessStat {
  pid: number;
  parent: number;
  /** CPU time of the process and of those of its children that it has waited for, in clock ticks. */
  ticks: number;
  /** Resident memory in pages. */
  pages: number;
}

/** CPU time and memory of a process with everything below it. */
export interface Usage {
  cpuSeconds: number;
  rssBytes: number;
}

/** Linux has told times in hundredths of a second to programs since long, whatever the kernel counts in. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** @param line of `/proc/<pid>/stat`; a program's name may hold spaces and brackets */
export function parseStat(line: string): ProcessStat {
  const nameEnds = line.lastIndexOf(')');
  const fields = line.slice(nameEnds + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]); // numbered from 1 in the manual; two are cut off
  return {
    pid: Number.parseInt(line, 10),
    parent: field(4),
    ticks: field(14) + field(15) + field(16) + field(17),
    pages: field(24),
  };
}

/** The process and everything it started, directly or not, out of all that run. */
export function treeOf(root: number, all: readonly ProcessStat[]): ProcessStat[] {
  const tree = all.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

/** Of each of these processes with everything below it, in the same order. What has ended by now counts as nothing. */
export function usageOf(roots: readonly number[]): Usage[] {
  const all = readAll();
  return roots.map((root) => {
    const tree = treeOf(root, all);
    return {
      cpuSeconds: tree.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND,
      rssBytes: tree.reduce((sum, { pages }) => sum + pages, 0) * PAGE_BYTES,
    };
  });
}

/** What all cores together have done so far, in seconds, whoever asked for it; work for interrupts is in it. */
export function machineCpuSeconds(): number {
  return parseMachine(readFileSync('/proc/stat', 'utf8'));
}

/** @param text of `/proc/stat` */
export function parseMachine(text: string): number {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = text
    .slice(0, text.indexOf('\n'))
    .split(/ +/)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) / TICKS_PER_SECOND;
}

function readAll(): ProcessStat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
      } catch {
        return []; // it ended while we looked
      }
    });
}
