import { BACKLOG_LIMIT } from './connection-writes.js';
import type { UserSocket } from './user-socket.js';

/**
 * Bounds what waits for a client that fetches instead of holding a connection, as `gatherWrites` does for the others: what is not
 * fetched is kept by Socket.IO, without a limit of its own. `onTooSlow` is told before such a client is let go.
 */
export function boundPolling(connection: UserSocket['conn'], onTooSlow: () => void): void {
  if (connection.transport.name !== 'polling') return;
  let waiting = 0;
  const add = ({ data }: { data?: unknown }): void => {
    if (typeof data === 'string') waiting += data.length;
    if (waiting <= BACKLOG_LIMIT) return;
    stop();
    onTooSlow();
    connection.close(true);
  };
  const fetched = (): void => void (waiting = 0);
  const stop = (): void => {
    connection.off('packetCreate', add);
    connection.off('flush', fetched);
  };
  connection.on('packetCreate', add);
  connection.on('flush', fetched);
  connection.once('upgrade', stop);
}
