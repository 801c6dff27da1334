import { ConnectionRegistry } from './connection-registry.js';

let registry: ConnectionRegistry;

beforeEach(() => {
  registry = new ConnectionRegistry();
});

it('takes the most present of a person’s devices', () => {
  expect(registry.statusOf('ann')).toBe('offline');
  registry.set('ann', 'phone', 'away');
  expect(registry.statusOf('ann')).toBe('away');
  registry.set('ann', 'laptop', 'online');
  expect(registry.statusOf('ann')).toBe('online');
  registry.set('ann', 'laptop', 'away');
  expect(registry.statusOf('ann')).toBe('away');
});

it('leaves a person there until their last device goes', () => {
  registry.set('ann', 'phone', 'online');
  registry.set('ann', 'laptop', 'online');
  registry.delete('ann', 'phone');
  expect(registry.statusOf('ann')).toBe('online');
  registry.delete('ann', 'phone');
  registry.delete('bob', 'phone');
  expect(registry.statusOf('ann')).toBe('online');
  registry.delete('ann', 'laptop');
  expect(registry.statusOf('ann')).toBe('offline');
});
