import { type Check, CHECKS, type Finding } from '../checks/findings.js';
import type { FaultKind } from '../schedule/schedule.js';

const SHOWN = 5;

export interface Summary {
  seed: number;
  minutes: number;
  nodes: number;
  faults: Readonly<Partial<Record<FaultKind, number>>>;
  sent: number;
  acknowledged: number;
  refused: number;
  /** Messages in all logs, those of the system included. */
  stored: number;
  /** Times that a device showed messages it had not shown before. */
  shown: number;
  findings: readonly Finding[];
  /** What the run was told to do to its own evidence. */
  sabotage: string | undefined;
}

export function countsOf(findings: readonly Finding[]): Record<Check, number> {
  const counts = Object.fromEntries(Object.keys(CHECKS).map((check) => [check, 0])) as Record<Check, number>;
  for (const { check } of findings) counts[check] += 1;
  return counts;
}

/** The closing table. */
export function tableOf(summary: Summary): string {
  const kinds = Object.entries(summary.faults);
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  return [
    section('Faults', [...kinds, ['all', total]]),
    section('Messages', [
      ['sent', summary.sent],
      ['acknowledged', summary.acknowledged],
      ['refused for good', summary.refused],
      ['in the logs', summary.stored],
      ['times that a screen went on', summary.shown],
    ]),
    section(
      'Must be 0',
      Object.entries(countsOf(summary.findings)).map(([check, count]) => [CHECKS[check as Check], count]),
    ),
  ].join('\n\n');
}

/** The first findings of each kind. */
export function findingsOf({ findings }: Summary): string {
  const shown = Object.keys(CHECKS).flatMap((check) =>
    findings.filter((finding) => finding.check === check).slice(0, SHOWN),
  );
  return shown
    .map(({ check, detail, device, chatId, at }) => {
      const where = [device, chatId && `chat ${chatId}`, at === undefined ? undefined : `t ${at}`]
        .filter(Boolean)
        .join(', ');
      return `  ${check}: ${detail}${where === '' ? '' : ` (${where})`}`;
    })
    .join('\n');
}

function section(title: string, rows: readonly (readonly [string, number])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length), 44);
  return [title, ...rows.map(([name, count]) => `  ${name.padEnd(width)} ${String(count).padStart(8)}`)].join('\n');
}
