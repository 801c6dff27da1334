import { ChatReplica } from './chat-replica.js';
import { FakeServer } from './testing/fake-server.js';

describe('the copy of a chat', () => {
  it('does not go back to an earlier activity when the server describes it as it was before an own message', () => {
    const server = new FakeServer();
    server.addChat('c', ['me', 'ann']);
    server.say('c', 'ann', 'one');
    const before = server.chats.get('c')!.describe('me');
    const replica = new ChatReplica(before, 'me');
    const own = server.say('c', 'me', 'two'); // acknowledged: shown, and its event still under way
    replica.show(own);
    replica.describe(before);
    replica.receive(own);
    expect(replica.facts.lastActivity).toBe(own.createdAt);
  });
});
