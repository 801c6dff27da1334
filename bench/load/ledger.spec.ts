import { Ledger, type Stream } from './ledger.js';

const SENDER = 0;
const RECEIVER = 1;
const CLEAN = { duplicate: 0, lost: 0, outOfOrder: 0 };

describe('the book of deliveries', () => {
  let ledger: Ledger;
  let stream: Stream;

  beforeEach(() => {
    ledger = new Ledger();
    stream = ledger.open(0, SENDER, [RECEIVER]);
  });

  /** Sends this many messages that are all acknowledged. */
  const send = (count: number): void => {
    for (let sent = 0; sent < count; sent++) ledger.answered(stream, ledger.sending(stream, 100 + sent), true);
  };
  const arrive = (...numbers: number[]): void => {
    for (const number of numbers) ledger.arrived(RECEIVER, stream.index, number, 0);
  };

  it('finds nothing wrong where nothing is', () => {
    send(3);
    arrive(0, 1, 2);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 3 });
    expect(ledger.awaited).toBe(0);
  });

  it('tells when a message was to be sent', () => {
    send(2);
    expect(ledger.arrived(RECEIVER, stream.index, 1, 0)).toBe(101);
  });

  it('finds a message that came twice', () => {
    send(2);
    arrive(0, 1, 0, 1);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 2, duplicate: 2 });
  });

  it('finds a message that did not come, in the middle and at the end', () => {
    send(4);
    arrive(0, 2);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 2, lost: 2 });
    expect(ledger.awaited).toBe(2);
  });

  it('finds a message that came after a later one, and counts it neither lost nor doubled', () => {
    send(3);
    arrive(0, 2, 1);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 3, outOfOrder: 1 });
  });

  it('finds a late message that then comes again', () => {
    send(2);
    arrive(1, 0, 0);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 2, outOfOrder: 1, duplicate: 1 });
  });

  it('looks at each receiver alone', () => {
    const group = ledger.open(1, SENDER, [1, 2, 3]);
    ledger.answered(group, ledger.sending(group, 0), true);
    ledger.arrived(1, group.index, 0, 0);
    ledger.arrived(3, group.index, 0, 0);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 2, lost: 1 });
  });

  it('does not miss what was refused, and minds no gap that it leaves', () => {
    send(1);
    ledger.answered(stream, ledger.sending(stream, 0), false);
    send(1);
    arrive(0, 2);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 2 });
  });

  it('waits for answers, and misses no message without one', () => {
    ledger.sending(stream, 0);
    expect(ledger.awaited).toBe(1);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 0 });
  });

  it('leaves what somebody missed whose connection broke to their sync', () => {
    send(2);
    arrive(0);
    ledger.left(RECEIVER);
    send(1);
    ledger.returned();
    send(1);
    arrive(2, 3);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 2 });
    send(1);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 2, lost: 1 });
  });

  it('finds messages of several senders that came in another order than the server numbered them', () => {
    const other = ledger.open(0, 2, [RECEIVER]);
    for (const one of [stream, other]) ledger.answered(one, ledger.sending(one, 0), true);
    ledger.arrived(RECEIVER, other.index, 0, 2);
    ledger.arrived(RECEIVER, stream.index, 0, 1);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 2, outOfOrder: 1 });
  });

  it('finds two messages that bear one number', () => {
    send(2);
    ledger.arrived(RECEIVER, stream.index, 0, 7);
    ledger.arrived(RECEIVER, stream.index, 1, 7);
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 2, outOfOrder: 1 });
  });

  it('does not count what came to somebody for whom it was not', () => {
    send(1);
    expect(ledger.arrived(SENDER, stream.index, 0, 0)).toBeUndefined();
    expect(ledger.counts()).toEqual({ ...CLEAN, delivered: 0, lost: 1 });
  });
});
