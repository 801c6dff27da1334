import type { EnvironmentReader } from './environment-reader.js';

export interface TwilioSettings {
  kind: 'twilio';
  accountSid: string;
  authToken: string;
  /** A number of one's own, or a messaging service that chooses one. */
  sender: { kind: 'number'; number: string } | { kind: 'service'; sid: string };
  /** Without a slash at the end. */
  endpoint: string;
}

export interface SnsSettings {
  kind: 'sns';
  region: string;
  /** What phones show as the sender, in the countries that allow it. */
  senderId: string | undefined;
  /** Undefined means that of the region. */
  endpoint: string | undefined;
}

/** Through whom text messages are sent. */
export type SmsSettings = TwilioSettings | SnsSettings;

const NUMBER = /^\+[1-9]\d{6,14}$/;
const SENDER_ID = /^(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** SMS_URL; undefined where it is not set. Its text stays out of problems: it holds a token. */
export function readSms(read: EnvironmentReader): SmsSettings | undefined {
  const text = read.url('SMS_URL', ['twilio:', 'sns:']);
  if (text === undefined) return undefined;
  const url = new URL(text);
  const endpoint = url.searchParams.get('endpoint')?.replace(/\/+$/, '');
  if (endpoint !== undefined && !/^https?:\/\//.test(endpoint)) {
    read.refuse('SMS_URL', 'must have an endpoint that starts with http:// or https://');
    return undefined;
  }
  return url.protocol === 'twilio:' ? readTwilio(url, endpoint, read) : readSns(url, endpoint, read);
}

function readTwilio(url: URL, endpoint: string | undefined, read: EnvironmentReader): TwilioSettings | undefined {
  // A plus that was not encoded arrives as a space.
  const number = url.searchParams.get('from')?.replace(/^ /, '+');
  const sid = url.searchParams.get('service');
  const wanted = 'twilio://ACCOUNT_SID:AUTH_TOKEN@api.twilio.com?from=+15551234567, or ?service=MG… in place of from';
  const isComplete = url.username !== '' && url.password !== '' && url.host !== '';
  if (!isComplete || (sid === null) === (number === undefined) || (number !== undefined && !NUMBER.test(number))) {
    read.refuse('SMS_URL', `must look like ${wanted}`);
    return undefined;
  }
  return {
    kind: 'twilio',
    accountSid: decodeURIComponent(url.username),
    authToken: decodeURIComponent(url.password),
    sender: number === undefined ? { kind: 'service', sid: sid ?? '' } : { kind: 'number', number },
    endpoint: endpoint ?? `https://${url.host}`,
  };
}

function readSns(url: URL, endpoint: string | undefined, read: EnvironmentReader): SnsSettings | undefined {
  const senderId = url.searchParams.get('sender') ?? undefined;
  if (!REGION.test(url.host) || (senderId !== undefined && !SENDER_ID.test(senderId))) {
    read.refuse(
      'SMS_URL',
      'must look like sns://eu-central-1?sender=Chatr, with a sender of at most 11 letters and digits',
    );
    return undefined;
  }
  return { kind: 'sns', region: url.host, senderId, endpoint };
}
