import { type Packet, PacketType, Decoder, Encoder } from 'socket.io-parser';
import { type MessageDto, SharedMessage } from '../chats/index.js';
import { messageForAll, messageForSender, sentAnswer, wireParser } from './wire-json.js';

const message: MessageDto = {
  id: '019329f0-0000-7000-8000-000000000000',
  chatId: '019329f0-0000-7000-8000-000000000001',
  seq: 1,
  version: 2,
  clientId: 'a',
  senderId: '019329f0-0000-7000-8000-000000000002',
  type: 'text',
  content: '“Straße”, \\ and "quotes"\n🧵 \u2028',
  reactions: [],
  mentions: [],
  createdAt: '2026-11-25T00:00:00.000Z',
};
const shared = new SharedMessage(message);
const { Encoder: WireEncoder } = wireParser;

const event = (...data: unknown[]): Packet => ({ type: PacketType.EVENT, nsp: '/', data });
const encode = (packet: Packet): unknown[] => new WireEncoder().encode(packet);

/** What a client makes of it. */
function decoded(packet: Packet): unknown {
  const decoder = new Decoder();
  const packets: Packet[] = [];
  decoder.on('decoded', (one: Packet) => packets.push(one));
  for (const part of encode(packet)) decoder.add(part);
  return packets[0]?.data;
}

it.each<[string, Packet]>([
  ['an event', event('name', { a: 1 }, [2], 'text', null)],
  ['an event of its name alone', event('name')],
  ['a value that JSON does not know', event('name', undefined, { a: undefined })],
  ['an acknowledgement', { type: PacketType.ACK, nsp: '/', id: 7, data: [{ ok: true }] }],
  ['an event that wants one', { ...event('name', {}), id: 0 }],
  ['another namespace', { ...event('name', {}), nsp: '/admin' }],
  ['a connection', { type: PacketType.CONNECT, nsp: '/', data: { sid: 'x' } }],
  ['an end', { type: PacketType.DISCONNECT, nsp: '/' }],
  ['a refusal', { type: PacketType.CONNECT_ERROR, nsp: '/', data: { message: 'no' } }],
])('encodes %s as Socket.IO does', (_what, packet) => {
  expect(encode({ ...packet })).toEqual(new Encoder().encode({ ...packet }));
});

it('sends a message as everybody may see it, without its JSON being made again', () => {
  expect(decoded(event('message:received', messageForAll(shared)))).toEqual(['message:received', message]);
});

it('sends its sender the status, too', () => {
  expect(decoded(event('message:sent', messageForSender(shared, 'sent')))).toEqual([
    'message:sent',
    { ...message, status: 'sent' },
  ]);
  expect(shared.forSender('read')).toEqual({ ...message, status: 'read' });
});

it('answers with the message, and says when it was there already', () => {
  const ack = (replayed: boolean): unknown =>
    decoded({ type: PacketType.ACK, nsp: '/', id: 3, data: [sentAnswer(shared, replayed)] });
  expect(ack(false)).toEqual([{ ok: true, message: { ...message, status: 'sent' } }]);
  expect(ack(true)).toEqual([{ ok: true, message: { ...message, status: 'sent' }, replayed: true }]);
});
