import { LIMITS } from '@chatr/contracts';
import { type MessageRow, type ReceiptPosition, showsReceipts, statusOf, toMessage } from './message-view.js';

const at = (userId: string, deliveredSeq: number, readSeq: number, visibleFromSeq = 1): ReceiptPosition => ({
  userId,
  visibleFromSeq,
  deliveredSeq,
  readSeq,
});

describe('how far a message has come', () => {
  it.each([
    ['sent', [at('b', 4, 0)]],
    ['delivered', [at('b', 5, 0)]],
    ['delivered', [at('b', 9, 4)]],
    ['read', [at('b', 5, 5)]],
    ['sent', [at('b', 9, 9), at('c', 4, 4)]],
    ['delivered', [at('b', 9, 9), at('c', 5, 4)]],
    ['read', [at('b', 9, 9), at('c', 5, 5)]],
  ])('is %s: the least over the others', (status, others) => {
    expect(statusOf(5, 'a', [at('a', 9, 9), ...others])).toBe(status);
  });

  it('does not wait for those who came later', () => {
    expect(statusOf(5, 'a', [at('b', 5, 5), at('late', 6, 6, 7)])).toBe('read');
    expect(statusOf(5, 'a', [at('just in time', 0, 0, 5)])).toBe('sent');
  });

  it('does not count the sender', () => {
    expect(statusOf(5, 'a', [at('a', 5, 5)])).toBe('sent');
    expect(statusOf(5, 'a', [])).toBe('sent');
  });

  it('is shown up to a number of members', () => {
    expect([showsReceipts(LIMITS.receiptMembers), showsReceipts(LIMITS.receiptMembers + 1)]).toEqual([true, false]);
  });
});

describe('a message as it is told', () => {
  const row: MessageRow = {
    chat_id: 'chat',
    seq: 7,
    version: 9,
    id: 'id',
    client_id: 'client',
    sender_id: 'a',
    type: 'text',
    content: 'hello',
    system: null,
    created_at: new Date('2026-01-02T03:04:05.678Z'),
    edited_at: null,
    deleted_at: null,
    reply_to_seq: null,
    reply_id: null,
    reply_sender_id: null,
    reply_content: null,
  };

  it('leaves out what is not there', () => {
    expect(Object.keys(toMessage(row))).toEqual(
      expect.not.arrayContaining(['replyTo', 'system', 'editedAt', 'deletedAt', 'status']),
    );
    expect(toMessage(row).createdAt).toBe('2026-01-02T03:04:05.678Z');
  });

  it('names an answered message that the reader may not see by its number alone', () => {
    expect(toMessage({ ...row, reply_to_seq: 3 }).replyTo).toEqual({ seq: 3 });
    const quoted = { ...row, reply_to_seq: 3, reply_id: 'other', reply_sender_id: 'b', reply_content: 'what?' };
    expect(toMessage(quoted).replyTo).toEqual({ seq: 3, id: 'other', senderId: 'b', content: 'what?' });
  });

  it('carries its status for its sender alone', () => {
    expect(toMessage(row, 'read').status).toBe('read');
    expect(toMessage(row)).not.toHaveProperty('status');
  });
});
