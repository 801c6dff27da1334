import { Injectable } from '@nestjs/common';
import { Config } from '../platform/index.js';

/** How somebody who has no chat with a person yet may write to them: as they like, as a request, or not at all. */
export type Reach = 'open' | 'request' | 'closed';

/** Decides how people may be written to by those who have no chat with them yet. What has begun goes on, whatever it says later. */
@Injectable()
export class MessagePolicy {
  constructor(private readonly config: Config) {}

  reach(_senderId: string, _recipientId: string): Promise<Reach> {
    return Promise.resolve(this.config.messageRequests ? 'request' : 'open');
  }
}
