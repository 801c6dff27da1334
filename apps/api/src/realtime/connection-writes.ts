import type { Socket } from 'node:net';

/** A client that reads so much less than it is sent is let go: it syncs when it comes back, and nobody waits for it. In bytes. */
export const BACKLOG_LIMIT = 4_000_000;

type Written = (error?: Error | null) => void;

/**
 * Gathers what one turn of the event loop writes to a connection into one system call: the acknowledgements and messages of a
 * batch come all at once, and the calls would be most of what telling them costs. Whoever writes hears at once that it is done,
 * so that its next packet joins; how much waits is bounded here instead, and `onTooSlow` is told before such a connection ends.
 */
export function gatherWrites(connection: Socket, onTooSlow: () => void): void {
  const write = connection.write.bind(connection);
  let gathering = false;
  const release = (): void => {
    gathering = false;
    connection.uncork();
  };
  connection.write = (chunk: string | Uint8Array, ...rest: (BufferEncoding | Written | undefined)[]): boolean => {
    if (!gathering) {
      gathering = true;
      connection.cork();
      process.nextTick(release);
    }
    const hasRoom = write(
      chunk,
      rest.find((value) => typeof value === 'string'),
    );
    if (connection.writableLength > BACKLOG_LIMIT && !connection.destroyed) {
      onTooSlow();
      connection.destroy();
    }
    rest.find((value) => typeof value === 'function')?.();
    return hasRoom;
  };
}
