import { createAdapter } from '@socket.io/redis-adapter';
import type { ServerOptions } from 'socket.io';
import type { RedisConnections } from '../platform/index.js';

/**
 * Lets an emit reach the sockets of every node, by publishing it in Redis: for what has no version and is not missed, such as typing
 * and presence. While Redis is away, it reaches those connected here. The changes of chats do not go this way (docs/decisions/0010).
 */
export function redisAdapter({ commands, subscriber, prefix }: RedisConnections): ServerOptions['adapter'] {
  return createAdapter(
    {
      publish: (channel: string, message: string | Buffer) => void commands.publish(channel, message).catch(notSent),
      on: commands.on.bind(commands),
      off: commands.off.bind(commands),
    },
    {
      psubscribe: (...patterns: string[]) => void subscriber.psubscribe(...patterns).catch(notSent),
      subscribe: (channels: string[]) => void subscriber.subscribe(...channels).catch(notSent),
      punsubscribe: (...patterns: string[]) => void subscriber.punsubscribe(...patterns).catch(notSent),
      unsubscribe: (...channels: string[]) => void subscriber.unsubscribe(...channels.flat()).catch(notSent),
      on: subscriber.on.bind(subscriber),
      off: subscriber.off.bind(subscriber),
    },
    { key: `${prefix}:sockets` },
  ) as ServerOptions['adapter'];
}

/** The adapter waits for no answer; a rejection that nobody takes would end the process. */
function notSent(): void {
  // What is not told now is out of date later.
}
