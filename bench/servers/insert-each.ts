// The usual design, as tutorials and most products write it: each message is one INSERT through the ORM, inside the event's
// handler, and is told once it is stored. It was written before Chatr's engine was tuned, and stays as it is.
// A program of its own that Node runs as it is.
import { createServer } from 'node:http';
import { jwtVerify } from 'jose';
import { Server } from 'socket.io';
import { DataSource, EntitySchema, In, LessThan } from 'typeorm';

interface Member {
  id: string;
  chatId: string;
  userId: string;
}

interface Message {
  id: string;
  chatId: string;
  clientId: string;
  senderId: string;
  type: string;
  content: string;
  createdAt: Date;
}

interface Payload {
  chatId: string;
  clientId: string;
  content: string;
  before?: string;
}

type Acknowledge = (answer: unknown) => void;

const Members = new EntitySchema<Member>({
  name: 'Member',
  tableName: 'members',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    chatId: { type: 'uuid' },
    userId: { type: 'uuid' },
  },
  indices: [{ columns: ['userId'] }, { columns: ['chatId', 'userId'], unique: true }],
});

const Messages = new EntitySchema<Message>({
  name: 'Message',
  tableName: 'messages',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    chatId: { type: 'uuid' },
    clientId: { type: 'text' },
    senderId: { type: 'uuid' },
    type: { type: 'text', default: 'text' },
    content: { type: 'text' },
    createdAt: { type: 'timestamptz', createDate: true },
  },
  indices: [{ columns: ['chatId', 'createdAt'] }],
});

const PAGE = 50;

const database = new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL'] ?? '',
  entities: [Members, Messages],
  synchronize: true,
  poolSize: 10,
});
await database.initialize();
const members = database.getRepository(Members);
const messages = database.getRepository(Messages);
const secret = new TextEncoder().encode(process.env['JWT_SECRET']);

const http = createServer();
const io = new Server(http, { serveClient: false });

io.use((socket, next) => {
  jwtVerify(String(socket.handshake.auth['token']), secret)
    .then(async ({ payload }) => {
      const data = socket.data as { userId?: string };
      data.userId = payload.sub;
      const memberships = await members.findBy({ userId: payload.sub ?? '' });
      await socket.join(memberships.map((membership) => membership.chatId));
      next();
    })
    .catch((error: unknown) => next(error instanceof Error ? error : new Error(String(error))));
});

io.on('connection', (socket) => {
  const { userId } = socket.data as { userId: string };

  /** An event's handler: what it throws is its answer. */
  const on = (event: string, handle: (payload: Payload) => Promise<object>): void => {
    socket.on(event, (payload: Payload, acknowledge: Acknowledge) => {
      handle(payload).then(
        (answer) => acknowledge({ ok: true, ...answer }),
        (error: unknown) => acknowledge({ ok: false, error: String(error) }),
      );
    });
  };

  on('message:send', async ({ chatId, clientId, content }) => {
    if (!socket.rooms.has(chatId)) throw new Error('not a member');
    const message = await messages.save(messages.create({ chatId, clientId, senderId: userId, type: 'text', content }));
    socket.to(chatId).emit('message:received', message);
    return { message };
  });

  on('history', async ({ chatId, before }) => {
    const items = await messages.find({
      where: { chatId, ...(before === undefined ? {} : { createdAt: LessThan(new Date(before)) }) },
      order: { createdAt: 'DESC' },
      take: PAGE,
    });
    return { items: items.reverse() };
  });

  on('chats', async () => {
    const memberships = await members.findBy({ userId });
    const chatIds = memberships.map((membership) => membership.chatId);
    const others = await members.findBy({ chatId: In(chatIds) });
    const items = await Promise.all(
      chatIds.map(async (id) => ({
        id,
        members: others.filter((member) => member.chatId === id),
        lastMessage: await messages.findOne({ where: { chatId: id }, order: { createdAt: 'DESC' } }),
      })),
    );
    return { items };
  });
});

http.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
