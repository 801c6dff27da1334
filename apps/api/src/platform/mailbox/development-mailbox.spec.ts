import { ProcessLink } from '../nodes/process-link.js';
import { DevelopmentMailbox } from './development-mailbox.js';

const mail = { to: 'ada@example.test', channel: 'email', subject: 'Hello', text: 'words', html: '' } as const;

test('shows the newest first, of one address whatever its case, and does not grow for ever', () => {
  const mailbox = new DevelopmentMailbox(new ProcessLink());
  for (let index = 0; index < 2_100; index++)
    mailbox.put({ ...mail, to: `p${index % 2}@example.test`, subject: String(index) });
  expect(mailbox.list()).toHaveLength(2_000);
  expect(mailbox.list('P1@Example.test')[0]?.subject).toBe('2099');
  expect(mailbox.list('P0@example.test')[0]?.subject).toBe('2098');
});

test('holds both channels, and finds a number with its plus, with a space in its place, or without', () => {
  const mailbox = new DevelopmentMailbox(new ProcessLink());
  mailbox.put(mail);
  mailbox.put({ to: '+4930901820', channel: 'sms', subject: '', text: '123456', html: '' });
  mailbox.put({ to: '+493090182', channel: 'sms', subject: '', text: 'of somebody else', html: '' });
  for (const to of ['+4930901820', ' 4930901820', '4930901820'])
    expect(mailbox.list(to).map(({ channel, text }) => [channel, text])).toEqual([['sms', '123456']]);
  expect(mailbox.list('ada@example.test').map(({ channel }) => channel)).toEqual(['email']);
});
