import { Injectable } from '@nestjs/common';

/** How somebody who has no chat with a person yet may write to them. */
export type Reach = 'open' | 'request' | 'closed';

/** Decides how people may be written to by those who have no chat with them yet. */
@Injectable()
export class MessagePolicy {
  reach(_senderId: string, _recipientId: string): Promise<Reach> {
    return Promise.resolve('open');
  }
}
