import type { Target } from './target.js';

/** No server at all: what everybody else stands on. */
export const postgres: Target = {
  name: 'postgres',
  description: 'PostgreSQL alone',
  scenarios: ['commit'],
  start: ({ databaseUrl }) =>
    Promise.resolve({
      protocol: 'none',
      port: 0,
      databaseUrl,
      world: { people: [], chats: [] },
      pid: 0,
      stop: () => Promise.resolve(),
    }),
};
