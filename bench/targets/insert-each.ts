import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { query } from '../machine/postgres.js';
import { listens } from '../machine/program.js';
import type { World, WorldPlan } from '../world.js';
import { startNodeServer } from './node-server.js';
import type { Target } from './target.js';
import { accessToken, JWT_SECRET } from './tokens.js';

export const insertEach: Target = {
  name: 'insert-each',
  description: 'the usual design: Socket.IO and TypeORM, one INSERT for each message',
  scenarios: ['dm-closed', 'dm-open', 'fan-out', 'history'],
  start: async ({ databaseUrl }, plan) => {
    const script = fileURLToPath(new URL('../servers/insert-each.ts', import.meta.url));
    const env = { DATABASE_URL: databaseUrl, JWT_SECRET };
    const { program, port, inspectPort } = await startNodeServer('insert-each', script, env, listens);
    return {
      protocol: 'socket.io',
      port,
      inspectPort,
      databaseUrl,
      world: await seed(databaseUrl, plan),
      pid: program.pid,
      stop: () => program.stop(),
    };
  },
};

async function seed(url: string, plan: WorldPlan): Promise<World> {
  const people = Array.from({ length: plan.people }, () => {
    const id = randomUUID();
    return { id, token: accessToken(id, id) };
  });
  const chats = plan.chats.map((chat) => ({ ...chat, id: randomUUID() }));
  const members = chats.flatMap(({ id, members: indexes }) =>
    indexes.map((index) => ({ chat: id, person: people[index]?.id })),
  );
  await query(
    url,
    `INSERT INTO members ("chatId", "userId")
     SELECT * FROM unnest($1::uuid[], $2::uuid[])`,
    [members.map(({ chat }) => chat), members.map(({ person }) => person)],
  );
  for (const { id, members: indexes, messages = 0 } of chats) {
    if (messages === 0) continue;
    await query(
      url,
      `INSERT INTO messages ("chatId", "clientId", "senderId", content, "createdAt")
       SELECT $1, n, $2, 'Message number ' || n || ' of a long conversation', now() - (1 + $3 - n) * interval '1 second'
       FROM generate_series(1, $3::int) AS n`,
      [id, people[indexes[0] ?? 0]?.id, messages],
    );
  }
  await query(url, 'ANALYZE');
  return { people, chats };
}
