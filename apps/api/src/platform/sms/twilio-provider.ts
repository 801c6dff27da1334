import type { TwilioSettings } from '../config/sms-settings.js';
import { isPassing, type SmsProvider, SmsRefusal } from './sms-provider.js';
import type { SmsMessage } from './sms-sender.js';

const API_VERSION = '2010-04-01';

/** Twilio's REST API for messages: a form with Basic authentication. Two fields need no client library. */
export class TwilioProvider implements SmsProvider {
  readonly name = 'twilio';
  private readonly url: string;
  private readonly authorization: string;

  constructor(private readonly settings: TwilioSettings) {
    const { endpoint, accountSid, authToken } = settings;
    this.url = `${endpoint}/${API_VERSION}/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
    this.authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  }

  async deliver({ to, text }: SmsMessage, signal: AbortSignal): Promise<void> {
    const { sender } = this.settings;
    const from: [string, string] =
      sender.kind === 'service' ? ['MessagingServiceSid', sender.sid] : ['From', sender.number];
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { authorization: this.authorization, accept: 'application/json' },
      body: new URLSearchParams([['To', to], from, ['Body', text]]),
      // A redirect would carry the credentials to wherever it points.
      redirect: 'error',
      signal,
    });
    const answer = await response.text();
    if (response.ok) return;
    throw new SmsRefusal(`status ${response.status}, code ${codeOf(answer)}`, !isPassing(response.status));
  }

  close(): void {
    // The connections are the process' own.
  }
}

/** The number of Twilio's error, documented at twilio.com/docs/api/errors; its message would hold the phone number. */
function codeOf(answer: string): string {
  return /"code"\s*:\s*(\d{1,6})\b/.exec(answer)?.[1] ?? 'unknown';
}
