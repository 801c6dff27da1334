import type { SmsSettings } from '../config/sms-settings.js';
import type { SmsProvider } from './sms-provider.js';
import { SnsProvider } from './sns-provider.js';
import { TwilioProvider } from './twilio-provider.js';

export function providerFor(settings: SmsSettings): SmsProvider {
  return settings.kind === 'twilio' ? new TwilioProvider(settings) : new SnsProvider(settings);
}
