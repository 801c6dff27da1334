import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { SMTPServer } from 'smtp-server';
import { ProcessLink } from '../nodes/process-link.js';
import { DevelopmentMailbox } from '../mailbox/development-mailbox.js';
import { MailboxMailer } from '../mailbox/mailbox-mailer.js';
import type { Mail, Mailer } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

/** What arrived somewhere. */
interface Arrival {
  recipients: string[];
  /** All header lines and the body, as far as the adapter has such. */
  raw: string;
  subject: string;
}

interface Post {
  mailer: Mailer;
  arrived(): Arrival[];
  close(): Promise<void>;
}

/** An SMTP server that keeps what it is given; `refuse` says how it answers the next recipients. */
async function startSmtp(refuse: number[] = []): Promise<Post & { url: string }> {
  const arrivals: Arrival[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, answer) => {
      const code = refuse.shift();
      answer(code === undefined ? null : Object.assign(new Error('not now'), { responseCode: code }));
    },
    onData: (stream, session, answer) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString();
        const subject = /^Subject: (.*)$/m.exec(raw)?.[1]?.trim() ?? '';
        arrivals.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), raw, subject });
        answer();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `smtp://127.0.0.1:${port}`;
  const mailer = new SmtpMailer({ url, from: 'Chatr <chatr@example.test>', retryAfterMs: [20, 20] });
  const close = async (): Promise<void> => {
    await mailer.onApplicationShutdown();
    await new Promise<void>((resolve) => server.close(resolve));
  };
  return { url, mailer, arrived: () => arrivals, close };
}

function openMailbox(): Promise<Post> {
  const mailbox = new DevelopmentMailbox(new ProcessLink());
  const mailer = new MailboxMailer(mailbox);
  const arrived = (): Arrival[] =>
    mailbox
      .list()
      .map(({ to, subject, text, html }) => ({ recipients: [to], raw: `${subject}\n${text}\n${html}`, subject }));
  return Promise.resolve({ mailer, arrived, close: () => Promise.resolve() });
}

const mail: Mail = { to: 'ada@example.test', subject: 'Hello', text: 'in plain words', html: '<p>with markup</p>' };

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe.each([
  ['the development mailbox', openMailbox],
  ['an SMTP server', startSmtp as () => Promise<Post>],
])('%s', (_name, open) => {
  let post: Post;
  beforeEach(async () => {
    post = await open();
  });
  afterEach(() => post.close());

  test('gets a mail in both forms', async () => {
    post.mailer.send(mail);
    await post.mailer.settled();
    const [arrival] = post.arrived();
    expect(arrival).toMatchObject({ recipients: ['ada@example.test'], subject: 'Hello' });
    expect(arrival?.raw).toContain('in plain words');
    expect(arrival?.raw).toContain('<p>with markup</p>');
  });

  test('gets no header that was smuggled into a subject', async () => {
    post.mailer.send({ ...mail, subject: 'Hello\r\nBcc: eve@example.test\r\n\r\nbody' });
    await post.mailer.settled();
    const [arrival] = post.arrived();
    expect(arrival?.recipients).toEqual(['ada@example.test']);
    expect(arrival?.subject).toBe('Hello Bcc: eve@example.test body');
    expect(arrival?.raw).not.toMatch(/^Bcc:/m);
  });

  test.each(['a@b.test, c@d.test', 'a@b.test\r\nBcc: c@d.test', 'A <a@b.test>', 'nobody', ''])(
    'gets nothing for %j',
    async (to) => {
      expect(() => post.mailer.send({ ...mail, to })).toThrow('exactly one plain address');
      await post.mailer.settled();
      expect(post.arrived()).toEqual([]);
    },
  );
});

test('a mail that is refused for the moment is sent again', async () => {
  const post = await startSmtp([451, 451]);
  post.mailer.send(mail);
  await post.mailer.settled();
  expect(post.arrived()).toHaveLength(1);
  await post.close();
});

test('a mail that is refused for good is not', async () => {
  const post = await startSmtp([550]);
  post.mailer.send(mail);
  await post.mailer.settled();
  expect(post.arrived()).toEqual([]);
  await post.close();
});

test('nobody waits for a mail server that is not there, and nothing is thrown', async () => {
  const post = await startSmtp();
  await post.close();
  const mailer = new SmtpMailer({ url: post.url, from: 'chatr@example.test', retryAfterMs: [10] });
  const before = performance.now();
  mailer.send(mail);
  expect(performance.now() - before).toBeLessThan(50);
  await mailer.settled();
  await mailer.onApplicationShutdown();
});

test.each([
  ['German', 'Bestätige deine E-Mail-Adresse', 'Grüße aus Köln'],
  ['Arabic', 'أكّد عنوان بريدك الإلكتروني', 'مرحبًا \u2068Zoë\u2069،'],
  ['French, and long', `Confirmez l’adresse ${'très '.repeat(30)}longue`, 'c’est noté'],
])('a mail in %s arrives as it was written, in ASCII on the way', async (_language, subject, text) => {
  const post = await startSmtp();
  post.mailer.send({ ...mail, subject, text, html: `<p>${text}</p>` });
  await post.mailer.settled();
  await post.close();
  const raw = post.arrived()[0]?.raw ?? '';
  // Headers are ASCII by their standard; a body that is not would need a server with 8BITMIME.
  expect(raw).not.toMatch(/\P{ASCII}/u);
  expect(subjectOf(raw)).toBe(subject);
});

/** The subject as a mail program shows it: folded lines joined, encoded words (RFC 2047) decoded. */
function subjectOf(raw: string): string {
  const folded = /^Subject: (.*(?:\r?\n[ \t].*)*)/m.exec(raw)?.[1] ?? '';
  const words = folded.replace(/\r?\n[ \t]+/g, ' ').replace(/\?= =\?/g, '?==?');
  const bytes = words.replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_word, kind: string, text: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(text, 'base64').toString('latin1')
      : text
          .replace(/_/g, ' ')
          .replace(/=([0-9A-F]{2})/gi, (_hex, code: string) => String.fromCharCode(parseInt(code, 16))),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
