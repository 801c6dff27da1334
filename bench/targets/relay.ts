import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { listens } from '../machine/program.js';
import type { World, WorldPlan } from '../world.js';
import { startNodeServer } from './node-server.js';
import type { Target } from './target.js';

export const relay: Target = {
  name: 'relay',
  description: 'bare Socket.IO: acknowledges and forwards, stores nothing',
  scenarios: ['dm-closed', 'dm-open', 'fan-out', 'idle'],
  start: async (ground, plan) => {
    const script = fileURLToPath(new URL('../servers/relay.ts', import.meta.url));
    const { program, port, inspectPort } = await startNodeServer('relay', script, {}, listens);
    return {
      protocol: 'socket.io',
      port,
      inspectPort,
      databaseUrl: ground.databaseUrl,
      world: worldOf(plan),
      pid: program.pid,
      stop: () => program.stop(),
    };
  },
};

/** Its tokens carry what it has no place to look up: the person and their chats. */
function worldOf({ people, chats }: WorldPlan): World {
  const made = chats.map((chat) => ({ ...chat, id: randomUUID() }));
  const chatsOf = Array.from({ length: people }, (): string[] => []);
  for (const { id, members } of made) for (const member of members) chatsOf[member]?.push(id);
  return {
    people: chatsOf.map((chatIds) => {
      const id = randomUUID();
      return { id, token: [id, ...chatIds].join(' ') };
    }),
    chats: made,
  };
}
