import { Injectable } from '@nestjs/common';
import { SmsSender } from './sms-sender.js';

/** For a server in production without a provider: text messages are not offered. */
@Injectable()
export class NoSmsSender extends SmsSender {
  override readonly offered = false;

  /** @throws Error always: who sends asks first whether text messages are offered */
  override send(): void {
    throw new Error('this server sends no text messages');
  }

  override settled(): Promise<void> {
    return Promise.resolve();
  }
}
