import type { Ack } from '@chatr/contracts';
import { type Packet, PacketType, Decoder, Encoder } from 'socket.io-parser';
import type { MessageDto, MessageStatus, SharedMessage } from '../chats/index.js';

/** What goes out as it is: JSON that was made already. Only the encoder looks into it. */
class WireJson {
  constructor(readonly text: string) {}
}

/** A message for everybody in its chat. */
export function messageForAll(shared: SharedMessage): MessageDto {
  return new WireJson(shared.json) as object as MessageDto;
}

/** A message for its sender. */
export function messageForSender(shared: SharedMessage, status: MessageStatus): MessageDto {
  return new WireJson(shared.jsonForSender(status)) as object as MessageDto;
}

/** The answer to whoever sent a message. */
export function sentAnswer(shared: SharedMessage, replayed: boolean): Ack<{ message: MessageDto; replayed?: boolean }> {
  const more = replayed ? ',"replayed":true' : '';
  const json = new WireJson(`{"ok":true,"message":${shared.jsonForSender('sent')}${more}}`);
  return json as object as Ack<{ message: MessageDto }>;
}

/** Whether an answer is ready to go. */
export function isOnTheWire(value: unknown): value is WireJson {
  return value instanceof WireJson;
}

/**
 * Socket.IO's own encoding, but that JSON is not made twice, and that events are not searched for binary parts: Chatr sends none.
 */
class WireEncoder extends Encoder {
  override encode(packet: Packet): ReturnType<Encoder['encode']> {
    const { type, nsp, id } = packet;
    if (type !== PacketType.EVENT && type !== PacketType.ACK) return super.encode(packet);
    const parts = (packet.data as unknown[]).map(toJson).join(',');
    return [`${type}${nsp === '/' ? '' : `${nsp},`}${id ?? ''}[${parts}]`];
  }
}

function toJson(value: unknown): string {
  if (value instanceof WireJson) return value.text;
  // A list has null where JSON has nothing to say.
  return value === undefined ? 'null' : JSON.stringify(value);
}

/** For Socket.IO's option `parser`. */
export const wireParser = { Encoder: WireEncoder, Decoder };
