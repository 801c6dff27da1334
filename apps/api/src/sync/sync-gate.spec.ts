import { SyncGate } from './sync-gate.js';

/** Work that runs until it is told to end. */
class Work {
  readonly begun: string[] = [];
  private readonly ends = new Map<string, () => void>();

  of(name: string): () => Promise<string> {
    return () => {
      this.begun.push(name);
      return new Promise((resolve) => this.ends.set(name, () => resolve(name)));
    };
  }

  async end(name: string): Promise<void> {
    this.ends.get(name)?.();
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('runs one of each person, in their order', async () => {
  const gate = new SyncGate({ running: 2, waitingEach: 8, waiting: 100 });
  const work = new Work();
  const answers = ['a1', 'a2', 'a3', 'b1'].map((name) => gate.run(name.charAt(0), work.of(name)));
  await settled();
  expect(work.begun).toEqual(['a1', 'b1']);
  await work.end('a1');
  expect(work.begun).toEqual(['a1', 'b1', 'a2']);
  await work.end('a2');
  await work.end('a3');
  await work.end('b1');
  expect(await Promise.all(answers)).toEqual(['a1', 'a2', 'a3', 'b1']);
});

it('lets people take turns, however many times one of them asks', async () => {
  const gate = new SyncGate({ running: 1, waitingEach: 8, waiting: 100 });
  const work = new Work();
  const names = ['a1', 'a2', 'a3', 'b1', 'c1'];
  const answers = names.map((name) => gate.run(name.charAt(0), work.of(name)));
  await settled();
  for (const name of ['a1', 'b1', 'c1', 'a2', 'a3']) await work.end(name);
  await Promise.all(answers);
  expect(work.begun).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
});

it('refuses what would wait behind too many, of one person or of all', async () => {
  const gate = new SyncGate({ running: 1, waitingEach: 2, waiting: 3 });
  const work = new Work();
  const answers = ['a1', 'a2', 'a3'].map((name) => gate.run('a', work.of(name)));
  await expect(gate.run('a', work.of('a4'))).rejects.toMatchObject({ code: 'overloaded', retryAfter: 1 });
  answers.push(gate.run('b', work.of('b1')));
  await expect(gate.run('c', work.of('c1'))).rejects.toMatchObject({ code: 'overloaded' });
  await settled();
  for (const name of ['a1', 'b1', 'a2', 'a3']) await work.end(name);
  expect(await Promise.all(answers)).toEqual(['a1', 'a2', 'a3', 'b1']);
});

it('goes on after work that failed', async () => {
  const gate = new SyncGate({ running: 1, waitingEach: 2, waiting: 2 });
  const failed = gate.run('a', () => Promise.reject(new Error('database away')));
  const next = gate.run('a', () => Promise.resolve('done'));
  await expect(failed).rejects.toThrow('database away');
  await expect(next).resolves.toBe('done');
});
