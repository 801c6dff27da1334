import { Client } from 'pg';
import type { Scenario } from './scenario.js';

/** What the disk and PostgreSQL take at least, whoever asks. */
export const commit: Scenario = {
  name: 'commit',
  description: 'one small INSERT for each commit, one after the other, over one connection',
  plan: () => ({ people: 0, chats: [] }),
  drive: async (run, { seconds }) => {
    const client = new Client({ connectionString: run.job.address.databaseUrl });
    await client.connect();
    await client.query('CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, content text NOT NULL)');
    const measurement = await run.measure('', async () => {
      const end = performance.now() + seconds * 1000;
      for (let now = performance.now(); now < end; now = performance.now())
        await run.request(now, () => client.query(`INSERT INTO note (content) VALUES ('a small note')`));
    });
    await client.end();
    return [measurement];
  },
};
