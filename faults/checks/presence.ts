import type { DeviceStatus } from '../people/protocol.js';
import type { Finding } from './findings.js';

/** Compares what every connected device shows of everybody else with what is. Everybody must be allowed to see everybody. */
export function checkPresence(statuses: readonly DeviceStatus[]): Finding[] {
  const people = new Map<string, string>();
  for (const { personId, connected, presence } of statuses) {
    const known = people.get(personId) ?? 'offline';
    if (connected && known !== 'online') people.set(personId, presence);
    else people.set(personId, known);
  }
  return statuses
    .filter(({ connected }) => connected)
    .flatMap(({ device, personId, seen }) =>
      [...people].flatMap(([other, is]): Finding[] => {
        const shown = seen[other] ?? 'unknown';
        if (other === personId || shown === is) return [];
        return [{ check: 'presence', device, detail: `${other} is ${is}, and is shown as ${shown}` }];
      }),
    );
}
