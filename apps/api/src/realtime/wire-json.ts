import { type Packet, PacketType, Decoder, Encoder } from 'socket.io-parser';

/** What goes out as it is: JSON that was made already. */
class WireJson {
  constructor(readonly text: string) {}
}

/** JSON that was made already, in the place of what it was made of. It is not to be looked into: only the encoder knows it. */
export function onTheWire<T>(json: string): T {
  return new WireJson(json) as T;
}

export function isOnTheWire(value: unknown): value is WireJson {
  return value instanceof WireJson;
}

/**
 * Socket.IO's own encoding, but that `WireJson` is not made into JSON again, and that events are not searched for binary parts: Chatr
 * sends none.
 */
class WireEncoder extends Encoder {
  override encode(packet: Packet): ReturnType<Encoder['encode']> {
    const { type, nsp, id, data } = packet;
    if (type !== PacketType.EVENT && type !== PacketType.ACK) return super.encode(packet);
    const namespace = nsp === '/' ? '' : `${nsp},`;
    return [`${type}${namespace}${id ?? ''}[${(data as unknown[]).map(toJson).join(',')}]`];
  }
}

function toJson(value: unknown): string {
  if (value instanceof WireJson) return value.text;
  // A list has null where JSON has nothing to say.
  return (JSON.stringify(value) as string | undefined) ?? 'null';
}

/** For Socket.IO's option `parser`. */
export const wireParser = { Encoder: WireEncoder, Decoder };
