import { type MessageAttributeValue, PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import type { SnsSettings } from '../config/sms-settings.js';
import { isPassing, type SmsProvider, SmsRefusal } from './sms-provider.js';
import type { SmsMessage } from './sms-sender.js';

/** Amazon SNS. The credentials come from where AWS' own tools look for them: the environment, a profile, the machine's role. */
export class SnsProvider implements SmsProvider {
  readonly name = 'sns';
  private readonly client: SNSClient;
  private readonly attributes: Record<string, MessageAttributeValue>;

  constructor({ region, senderId, endpoint }: SnsSettings) {
    // Trying again is the sender's business, so that both providers are asked alike.
    this.client = new SNSClient({ region, maxAttempts: 1, ...(endpoint === undefined ? {} : { endpoint }) });
    this.attributes = {
      // Dearer than promotional messages, and delivered first: codes expire.
      'AWS.SNS.SMS.SMSType': text('Transactional'),
      ...(senderId === undefined ? {} : { 'AWS.SNS.SMS.SenderID': text(senderId) }),
    };
  }

  async deliver({ to, text: Message }: SmsMessage, abortSignal: AbortSignal): Promise<void> {
    try {
      const publish = new PublishCommand({ PhoneNumber: to, Message, MessageAttributes: this.attributes });
      await this.client.send(publish, { abortSignal });
    } catch (error) {
      if (!(error instanceof SNSServiceException)) throw error;
      const status = error.$metadata.httpStatusCode ?? 0;
      // The name only: the message may hold the phone number.
      throw new SmsRefusal(`status ${status}, ${error.name}`, !isPassing(status) && !isThrottled(error), {
        cause: error,
      });
    }
  }

  close(): void {
    this.client.destroy();
  }
}

function text(StringValue: string): MessageAttributeValue {
  return { DataType: 'String', StringValue };
}

/** SNS says "too often" with status 400. */
function isThrottled(error: SNSServiceException): boolean {
  return error.name.startsWith('Throttl') || error.name === 'TooManyRequestsException';
}
