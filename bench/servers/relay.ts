// The limit: a bare Socket.IO server that acknowledges and forwards, and stores nothing. Its events and shapes are Chatr's.
// A program of its own that Node runs as it is, so that nothing of a compiler runs beside what is measured.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from 'socket.io';

interface Draft {
  chatId: string;
  clientId: string;
  content: string;
}

const http = createServer();
const io = new Server(http, { serveClient: false });
const heads = new Map<string, number>();

io.on('connection', (socket) => {
  // The token is the person's id and those of their chats: there is nothing to look them up in.
  const [userId = '', ...chatIds] = String(socket.handshake.auth['token']).split(' ');
  void socket.join(chatIds);

  socket.on('message:send', ({ chatId, clientId, content }: Draft, acknowledge: (answer: unknown) => void) => {
    const seq = (heads.get(chatId) ?? 0) + 1;
    heads.set(chatId, seq);
    const message = {
      id: randomUUID(),
      chatId,
      seq,
      version: seq,
      clientId,
      senderId: userId,
      type: 'text',
      content,
      reactions: [],
      mentions: [],
      createdAt: new Date().toISOString(),
    };
    acknowledge({ ok: true, message });
    socket.to(chatId).emit('message:received', message);
  });
});

http.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
