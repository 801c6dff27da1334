import { jest } from '@jest/globals';
import { Outbox, type Reply } from './outbox.js';

describe('the outbox', () => {
  /** What was transmitted and not yet replied to, oldest first. */
  let wire: { text: string; reply: (reply: Reply) => void }[];
  let answers: string[];
  let refusals: number;
  let outbox: Outbox;

  beforeEach(() => {
    jest.useFakeTimers();
    wire = [];
    answers = [];
    refusals = 0;
    outbox = new Outbox(
      (text, reply) => wire.push({ text, reply }),
      () => refusals++,
    );
  });

  afterEach(() => jest.useRealTimers());

  const send = (...texts: string[]): void => {
    for (const text of texts) outbox.send(text, (accepted) => answers.push(`${text} ${String(accepted)}`));
  };
  const reply = (answer: Reply): void => wire.shift()?.reply(answer);
  const onTheWire = (): string[] => wire.map(({ text }) => text);

  it('sends at once and waits for nothing', () => {
    send('a', 'b', 'c');
    expect(onTheWire()).toEqual(['a', 'b', 'c']);
    reply({ taken: true });
    expect(answers).toEqual(['a true']);
  });

  it('sends what was refused for now again, oldest first, and what was written meanwhile behind it', () => {
    send('a', 'b', 'c');
    reply({ taken: true });
    reply({ againAfter: 1 });
    send('d');
    reply({ againAfter: 1 });
    expect(onTheWire()).toEqual([]);
    jest.advanceTimersByTime(1_000);
    expect(onTheWire()).toEqual(['b', 'c', 'd']);
    for (let left = 0; left < 3; left++) reply({ taken: true });
    expect(answers).toEqual(['a true', 'b true', 'c true', 'd true']);
    expect(refusals).toBe(2);
  });

  it('keeps the order when refusals come in another one', () => {
    send('a', 'b');
    wire.pop()?.reply({ againAfter: 1 });
    reply({ againAfter: 1 });
    jest.advanceTimersByTime(1_000);
    expect(onTheWire()).toEqual(['a', 'b']);
  });

  it('lets nothing overtake what is under way behind a refused one', () => {
    send('a', 'b');
    reply({ againAfter: 1 });
    jest.advanceTimersByTime(1_000);
    send('c');
    expect(onTheWire()).toEqual(['b']);
    reply({ againAfter: 1 });
    jest.advanceTimersByTime(1_000);
    expect(onTheWire()).toEqual(['a', 'b', 'c']);
  });

  it('is careful until all that waited is on its way', () => {
    send('first');
    reply({ againAfter: 1 });
    send(...Array.from({ length: 20 }, (_, index) => String(index)));
    jest.advanceTimersByTime(1_000);
    expect(wire).toHaveLength(8);
    reply({ taken: true });
    expect(wire).toHaveLength(8);
  });

  it('does not send again what will never be taken', () => {
    send('a');
    reply({ taken: false });
    expect(answers).toEqual(['a false']);
    expect(wire).toEqual([]);
  });

  it('gives up what waits when the connection is gone', () => {
    send('a');
    reply({ againAfter: 1 });
    outbox.close();
    expect(answers).toEqual(['a false']);
  });
});
