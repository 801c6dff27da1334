import { Logger } from '@nestjs/common';
import { EnvironmentReader } from '../config/environment-reader.js';
import { readSms } from '../config/sms-settings.js';
import { DevelopmentMailbox } from '../mailbox/development-mailbox.js';
import { MailboxSmsSender } from '../mailbox/mailbox-sms-sender.js';
import { ProcessLink } from '../nodes/process-link.js';
import { BackgroundSmsSender } from './background-sms-sender.js';
import { NoSmsSender } from './no-sms-sender.js';
import { providerFor } from './providers.js';
import type { SmsSender } from './sms-sender.js';
import { type StandIn, startStandIn, type TakenMessage } from './testing/provider-stand-in.js';
import { AWS_IDENTITY, AWS_REGION, SNS } from './testing/sns-stand-in.js';
import { TWILIO, TWILIO_ACCOUNT } from './testing/twilio-stand-in.js';

interface Post {
  sender: SmsSender;
  arrived(): Pick<TakenMessage, 'to' | 'text'>[];
  close(): Promise<void>;
}

interface Provider extends Post {
  standIn: StandIn;
}

const ADDRESSES = {
  twilio: (url: string) =>
    `twilio://${TWILIO_ACCOUNT.sid}:${encodeURIComponent(TWILIO_ACCOUNT.token)}@api.twilio.com?from=+15005550006&endpoint=${url}`,
  sns: (url: string) => `sns://${AWS_REGION}?sender=Chatr&endpoint=${url}`,
} as const;

/** Configured as an operator would, so that SMS_URL is tested, too. */
async function start(kind: keyof typeof ADDRESSES, smsUrl = ADDRESSES[kind]): Promise<Provider> {
  const standIn = await startStandIn(kind === 'twilio' ? TWILIO : SNS);
  const read = new EnvironmentReader({ SMS_URL: smsUrl(standIn.url) });
  const settings = readSms(read);
  if (settings === undefined) throw new Error(JSON.stringify(read.problems));
  const sender = new BackgroundSmsSender(providerFor(settings), { retryAfterMs: [10, 10], timeoutMs: 300 });
  return {
    sender,
    standIn,
    arrived: () => standIn.taken.map(({ to, text }) => ({ to, text })),
    close: async () => {
      await sender.onApplicationShutdown();
      await standIn.close();
    },
  };
}

function openMailbox(): Promise<Post> {
  const mailbox = new DevelopmentMailbox(new ProcessLink());
  const sender = new MailboxSmsSender(mailbox);
  const arrived = (): { to: string; text: string }[] => mailbox.list().map(({ to, text }) => ({ to, text }));
  return Promise.resolve({ sender, arrived, close: () => Promise.resolve() });
}

const message = { to: '+4930901820', text: '012345 ist dein Code für Chatr & mehr: مرحبًا +1 100%' };
const logged: string[] = [];
const before = { ...process.env };

beforeAll(() => {
  process.env['AWS_ACCESS_KEY_ID'] = AWS_IDENTITY.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = AWS_IDENTITY.secretAccessKey;
  const keep = (...parts: unknown[]): void => void logged.push(JSON.stringify(parts));
  Logger.overrideLogger({ log: keep, warn: keep, error: keep });
});

beforeEach(() => {
  logged.length = 0;
});

afterAll(() => {
  process.env = before;
});

describe.each([
  ['the development mailbox', openMailbox],
  ['Twilio', () => start('twilio')],
  ['Amazon SNS', () => start('sns')],
] as [string, () => Promise<Post>][])('%s', (_name, open) => {
  let post: Post;
  beforeEach(async () => {
    post = await open();
  });
  afterEach(() => post.close());

  test('gets the number and the text as they are', async () => {
    expect(post.sender.offered).toBe(true);
    post.sender.send(message);
    await post.sender.settled();
    expect(post.arrived()).toEqual([message]);
  });

  test('takes many at once', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => `+49309018${String(index).padStart(2, '0')}`);
    for (const to of numbers) post.sender.send({ to, text: 'hello' });
    await post.sender.settled();
    expect(
      post
        .arrived()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(numbers);
  });

  test.each(['030901820', '+49 30 901820', '+4930901820,+4930901821', '+4930901820\r\nX: y', '', '+0123456789'])(
    'gets nothing for %j',
    async (to) => {
      expect(() => post.sender.send({ ...message, to })).toThrow('exactly one number');
      await post.sender.settled();
      expect(post.arrived()).toEqual([]);
    },
  );
});

describe.each(['twilio', 'sns'] as const)('the adapter of %s', (kind) => {
  let provider: Provider;
  beforeEach(async () => {
    provider = await start(kind);
  });
  afterEach(async () => {
    await provider.close();
    // Whatever happens, neither the number nor the text is logged.
    expect(logged.filter((line) => /901820|012345|Code/.test(line))).toEqual([]);
  });

  const sent = async (): Promise<TakenMessage[]> => {
    provider.sender.send(message);
    await provider.sender.settled();
    return provider.standIn.taken;
  };

  test('asks in the format and with the signature of the provider', async () => {
    expect(await sent()).toEqual([{ ...message, sender: kind === 'twilio' ? '+15005550006' : 'Chatr' }]);
    expect(provider.standIn.complaints).toEqual([]);
  });

  test.each([
    ['is throttled', ['throttled', 'throttled']],
    ['finds the provider broken', ['broken', 'broken']],
    ['hears nothing', ['silent']],
  ] as const)('tries again when it %s', async (_what, troubles) => {
    provider.standIn.troubles.push(...troubles);
    expect(await sent()).toHaveLength(1);
    expect(provider.standIn.requests()).toBe(troubles.length + 1);
    expect(logged).toHaveLength(troubles.length);
  });

  test('does not try again what was refused for good', async () => {
    provider.standIn.troubles.push('refused');
    expect(await sent()).toEqual([]);
    expect(provider.standIn.requests()).toBe(1);
    expect(logged).toHaveLength(1);
  });

  test('gives up after a few attempts, and says so', async () => {
    provider.standIn.troubles.push('broken', 'broken', 'broken');
    expect(await sent()).toEqual([]);
    expect(provider.standIn.requests()).toBe(3);
    expect(logged.at(-1)).toContain('could not be sent');
  });

  test('keeps nobody waiting, and throws nothing, when nobody is there', async () => {
    await provider.standIn.close();
    const start = performance.now();
    provider.sender.send(message);
    expect(performance.now() - start).toBeLessThan(50);
    await provider.sender.settled();
    expect(logged.at(-1)).toContain('could not be sent');
  });
});

test('the stand-in takes no request whose signature is not made with its key', async () => {
  process.env['AWS_SECRET_ACCESS_KEY'] = 'another';
  const sns = await start('sns');
  sns.sender.send(message);
  await sns.sender.settled();
  expect([sns.standIn.taken, sns.standIn.complaints]).toEqual([[], ['Error: the signature is wrong']]);
  process.env['AWS_SECRET_ACCESS_KEY'] = AWS_IDENTITY.secretAccessKey;
  await sns.close();
});

test('a messaging service of Twilio sends in place of a number', async () => {
  const url = (endpoint: string): string => ADDRESSES.twilio(endpoint).replace('from=+15005550006', 'service=MG0123');
  const twilio = await start('twilio', url);
  twilio.sender.send(message);
  await twilio.sender.settled();
  expect([twilio.standIn.taken[0]?.sender, twilio.standIn.complaints]).toEqual(['MG0123', []]);
  await twilio.close();
});

test('without a provider in production nothing is offered, and nothing can be sent', () => {
  const sender = new NoSmsSender();
  expect(sender.offered).toBe(false);
  expect(() => sender.send()).toThrow('sends no text messages');
});
