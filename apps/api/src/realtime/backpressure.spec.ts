import type { MessagesService } from '../messages/index.js';
import { Backpressure } from './backpressure.js';
import type { UserSocket } from './user-socket.js';

/** A connection that notes whether it is read. */
class FakeConnection {
  reading = true;
  readonly socket: UserSocket;

  constructor(headers: Record<string, string> = { upgrade: 'websocket' }) {
    const socket = { pause: () => (this.reading = false), resume: () => (this.reading = true) };
    this.socket = { conn: { request: { headers, socket } } } as unknown as UserSocket;
  }
}

let congested: boolean;
let relieve: () => void;
let backpressure: Backpressure;

beforeEach(() => {
  congested = false;
  let relief: PromiseWithResolvers<undefined> | undefined;
  const messages = {
    get congested() {
      return congested;
    },
    relieved: () => (congested ? (relief ??= Promise.withResolvers<undefined>()).promise : Promise.resolve()),
  };
  relieve = () => {
    congested = false;
    relief?.resolve(undefined);
    relief = undefined;
  };
  backpressure = new Backpressure(messages as unknown as MessagesService);
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('reads on while there is room', () => {
  const connection = new FakeConnection();
  backpressure.taken(connection.socket);
  expect(connection.reading).toBe(true);
});

it('stops reading from those who send when there is none, and reads on some at a time when there is', async () => {
  const connections = Array.from({ length: 20 }, () => new FakeConnection());
  congested = true;
  for (const { socket } of connections) backpressure.taken(socket);
  backpressure.taken(connections[0]?.socket as UserSocket);
  await turn();
  expect(connections.some(({ reading }) => reading)).toBe(false);
  relieve();
  await Promise.resolve();
  await Promise.resolve();
  expect(connections.map(({ reading }) => reading)).toEqual([
    ...Array<boolean>(8).fill(true),
    ...Array<boolean>(12).fill(false),
  ]);
  // What those brought fills the queue again.
  congested = true;
  await turn();
  await turn();
  expect(connections.filter(({ reading }) => reading)).toHaveLength(8);
  relieve();
  for (let round = 0; round < 4; round++) await turn();
  expect(connections.every(({ reading }) => reading)).toBe(true);
});

it('leaves connections alone that began by fetching: theirs is another one', () => {
  const connection = new FakeConnection({});
  congested = true;
  backpressure.taken(connection.socket);
  expect(connection.reading).toBe(true);
});
