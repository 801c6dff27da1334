import { call } from './support/http.js';
import { type Nodes, startNodes } from './support/nodes.js';
import { registerPerson } from './support/people.js';
import type { TestServer } from './support/server.js';
import { until } from './support/clients.js';

/** Less than what a node remembers of a session, so that it must have been told. */
const AT_ONCE_MS = 2_000;

let cluster: Nodes;

beforeAll(async () => {
  cluster = await startNodes(2);
});
afterAll(() => cluster.destroy());

test('a role that is given or taken on one node is so on the others, which remember another, at once', async () => {
  const [one, two] = cluster.nodes as [TestServer, TestServer];
  const admin = await registerPerson(one);
  const person = await registerPerson(one);
  const asks = async (): Promise<number> =>
    (await call(two, '/admin/users', { accessToken: person.accessToken })).status;
  for (const [role, status] of [
    ['admin', 200],
    ['user', 403],
  ] as const) {
    // This fills the memory of the other node.
    expect(await asks()).not.toBe(status);
    const body = { role, password: admin.password };
    const path = `/admin/users/${person.id}/role`;
    expect((await call(one, path, { method: 'PATCH', body, accessToken: admin.accessToken })).status).toBe(200);
    await until('the other node knows', async () => (await asks()) === status, AT_ONCE_MS);
  }
});
