import { Random } from './random.js';
import { planFaults, type Scene } from './schedule.js';

describe('the plan', () => {
  const scene: Scene = { seed: 7, durationMs: 1_800_000, nodes: 2, doors: 20, households: 3, redis: true };

  it('follows from the seed', () => {
    expect(planFaults(scene)).toEqual(planFaults(scene));
    expect(planFaults(scene)).not.toEqual(planFaults({ ...scene, seed: 8 }));
  });

  it('begins in the same way, however long it is', () => {
    const short = planFaults({ ...scene, durationMs: 60_000 });
    expect(planFaults(scene).slice(0, short.length)).toEqual(short);
  });

  it('has more than 300 faults in half an hour, of every kind', () => {
    const faults = planFaults(scene);
    expect(faults.length).toBeGreaterThan(350);
    expect(new Set(faults.map(({ kind }) => kind)).size).toBe(10);
  });

  it('leaves alone what is not there', () => {
    const kinds = planFaults({ ...scene, redis: false }).map(({ kind }) => kind);
    expect(kinds).not.toContain('redis-kill');
  });
});

describe('chance', () => {
  it('is spread evenly', () => {
    const random = new Random(1);
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < 4_000; draw++) counts[random.integer(0, 3)]! += 1;
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  it('of one part does not depend on another', () => {
    const [one, other] = [new Random(1), new Random(1)];
    const forked = one.fork('part');
    one.next();
    expect(forked.next()).toBe(other.fork('part').next());
  });
});
