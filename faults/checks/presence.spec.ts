import type { DeviceStatus } from '../people/protocol.js';
import { checkPresence } from './presence.js';

describe('who is there', () => {
  const device = (name: string, personId: string, more: Partial<DeviceStatus>): DeviceStatus => ({
    device: name,
    personId,
    connected: true,
    ready: true,
    presence: 'online',
    waiting: 0,
    seen: {},
    ...more,
  });
  const wrong = (...statuses: DeviceStatus[]): string[] => checkPresence(statuses).map(({ detail }) => detail);

  it('is right when everybody sees what is', () => {
    expect(
      wrong(
        device('p00a', 'ann', { seen: { bob: 'away', cleo: 'offline' } }),
        device('p01a', 'bob', { presence: 'away', seen: { ann: 'online', cleo: 'offline' } }),
        device('p02a', 'cleo', { connected: false }),
      ),
    ).toEqual([]);
  });

  it('is as present as the most present device', () => {
    const away = device('p00b', 'ann', { presence: 'away', seen: { bob: 'online' } });
    const online = device('p00a', 'ann', { seen: { bob: 'online' } });
    expect(wrong(online, away, device('p01a', 'bob', { seen: { ann: 'online' } }))).toEqual([]);
    expect(wrong(online, away, device('p01a', 'bob', { seen: { ann: 'away' } }))).toHaveLength(1);
  });

  it('is wrong when somebody who is gone is shown as there, and the other way round', () => {
    const gone = device('p00a', 'ann', { connected: false });
    expect(wrong(gone, device('p01a', 'bob', { seen: { ann: 'online' } }))).toHaveLength(1);
    expect(wrong(device('p00a', 'ann', { seen: { bob: 'online' } }), device('p01a', 'bob', {}))).toHaveLength(1);
  });
});
