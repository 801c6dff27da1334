import type { Evidence } from './evidence.js';
import type { Check, Finding } from './findings.js';
import type { Ledger } from './ledger.js';

/**
 * Spoils what was read of the server as a faulty server would have. It proves, over a whole run, that what is checked can fail.
 * The checks that work on other evidence are given a word of their own.
 */
export function spoil({ logs, chats }: Evidence, how: Check | undefined, ledger: Ledger, findings: Finding[]): void {
  if (how === undefined) return;
  // One in the middle of the longest log.
  const [chatId, log] = [...logs].reduce((longest, other) => (other[1].length > longest[1].length ? other : longest));
  const own = ledger.sent.filter((sent) => sent.chatId === chatId && sent.acknowledged.some(({ seq }) => seq > 0));
  const victim = own[Math.floor(own.length / 2)];
  const index = log.findIndex(({ clientId }) => clientId === victim?.clientId);
  const message = log[index];
  if (victim === undefined || message === undefined) throw new Error('there is no message to spoil');
  switch (how) {
    case 'lost':
    case 'gap':
      log.splice(index, 1);
      break;
    case 'doubled':
      log.push({ ...message, id: `${message.id}-again`, seq: (log.at(-1)?.seq ?? 0) + 1 });
      break;
    case 'reordered':
      log.reverse();
      break;
    case 'unread':
      for (const chat of [...chats.values()].flat()) chat.unreadCount += 1;
      break;
    case 'position':
      for (const chat of [...chats.values()].flat()) chat.lastReadSeq = 0;
      break;
    case 'late':
      ledger.messages.shown('nobody', victim.chatId, 0);
      findings.push(
        ...ledger.messages.judge(Number.MAX_SAFE_INTEGER, (device) => (device === 'nobody' ? 0 : undefined)),
      );
      ledger.messages.restarted('nobody');
      break;
    case 'unsettled':
      ledger.take({
        what: 'sent',
        at: 0,
        device: victim.device,
        chatId: victim.chatId,
        clientId: 'never-heard-of',
        content: '',
      });
      break;
    case 'session':
      ledger.take({ what: 'session-ended', at: 0, device: victim.device, reason: 'made up' });
      break;
    case 'failure':
      ledger.take({
        what: 'unexpected',
        at: 0,
        device: victim.device,
        action: 'made up',
        code: 'internal_error',
        detail: '',
      });
      break;
    case 'presence':
    case 'state':
      // Those are spoiled where they are looked at.
      break;
  }
}
