import type { Address } from '../targets/target.js';
import type { Protocol } from './protocol.js';
import { SocketIoProtocol } from './socket-io-client.js';
import { XmppProtocol } from './xmpp-client.js';

/** How the load speaks to this server. */
export function protocolOf({ protocol, port }: Address): Protocol {
  switch (protocol) {
    case 'socket.io':
      return new SocketIoProtocol(port);
    case 'xmpp':
      return new XmppProtocol(port);
    case 'none':
      return { connect: () => Promise.reject(new Error('there is no server to connect to')) };
  }
}
