import type { MessageView } from '@chatr/client';
import { type MessageRow, messageDays } from './message-days';

let count = 0;

function message(changes: Partial<MessageView> & { at: Date }): MessageView {
  const { at, ...rest } = changes;
  count += 1;
  return {
    key: `k${count}`,
    chatId: 'chat',
    clientId: `c${count}`,
    seq: count,
    senderId: 'ben',
    mine: false,
    state: 'confirmed',
    type: 'text',
    content: 'text',
    reactions: [],
    mentions: [],
    createdAt: at.toISOString(),
    ...rest,
  };
}

function minutes(minute: number, day = 21): Date {
  return new Date(2026, 10, day, 9, minute);
}

function shape(row: MessageRow | undefined): string {
  return `${row?.first ? 'first' : ''} ${row?.last ? 'last' : ''}`.trim();
}

describe('messageDays', () => {
  beforeEach(() => (count = 0));

  it('puts together what one person writes within five minutes', () => {
    const [day] = messageDays(
      [
        message({ at: minutes(0) }),
        message({ at: minutes(4) }),
        message({ at: minutes(8) }),
        message({ at: minutes(14) }),
      ],
      undefined,
    );
    expect(day?.rows.map(shape)).toEqual(['first', '', 'last', 'first last']);
  });

  it('parts people, and system notes from everybody', () => {
    const [day] = messageDays(
      [
        message({ at: minutes(0) }),
        message({ at: minutes(0), senderId: 'anna' }),
        message({ at: minutes(0), senderId: 'anna', type: 'system' }),
        message({ at: minutes(0), senderId: 'anna' }),
      ],
      undefined,
    );
    expect(day?.rows.map(shape)).toEqual(['first last', 'first last', 'first last', 'first last']);
  });

  it('begins a day at midnight, never an earlier one after a later', () => {
    const days = messageDays(
      [message({ at: minutes(0, 20) }), message({ at: minutes(0, 21) }), message({ at: minutes(59, 20) })],
      undefined,
    );
    expect(days.map((day) => [day.key, day.rows.length])).toEqual([
      ['2026-11-20', 1],
      ['2026-11-21', 2],
    ]);
  });

  it('puts the line above the first message of somebody else that was not read, once', () => {
    const rows = messageDays(
      [
        message({ at: minutes(0) }),
        message({ at: minutes(1), mine: true, senderId: 'anna' }),
        message({ at: minutes(2) }),
        message({ at: minutes(3) }),
      ],
      1,
    ).flatMap((day) => day.rows);
    expect(rows.map((row) => row.startsNew)).toEqual([false, false, true, false]);
  });

  it('draws no line for own, pending and system messages, nor when nothing is new', () => {
    const messages = [message({ at: minutes(0), mine: true }), message({ at: minutes(1), type: 'system' })];
    expect(
      messageDays(messages, 0)
        .flatMap((day) => day.rows)
        .some((row) => row.startsNew),
    ).toBe(false);
    expect(messageDays([message({ at: minutes(0) })], undefined)[0]?.rows[0]?.startsNew).toBe(false);
  });
});
