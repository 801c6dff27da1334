import { connect } from 'node:net';

/** What a server says first, after something was said to it; rejects when it says nothing in time. */
export function exchange(port: number, text: string, patienceMs = 1_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(patienceMs, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.write(text);
  });
}
