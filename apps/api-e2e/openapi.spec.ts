import { randomUUID } from 'node:crypto';
import { PROBLEMS } from '@chatr/contracts';
import { directChat, groupOf, registerPeople, send } from './support/chats.js';
import { call, type Request } from './support/http.js';
import { AnswerCheck, fetchDocument, METHODS, type OpenApiDocument, type Route, routesOf } from './support/openapi.js';
import { type Person, newRegistration, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

const ADMIN = 'boss@example.test';

let server: TestServer;
let document: OpenApiDocument;
let routes: Route[];
let boss: Person;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  server = await startServer({ ADMIN_EMAIL: ADMIN, LOG_LEVEL: 'debug' });
  document = await fetchDocument(server);
  routes = routesOf(document);
  boss = await registerPerson(server, { email: ADMIN });
  [ann, bob] = await registerPeople(server, 'Ann', 'Bob');
});

afterAll(() => server.destroy());

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const filled = (path: string): string => path.replaceAll(/\{\w+\}/g, randomUUID()).replace(/^\/api/, '');
const wrong = (complaint: (route: Route) => boolean): string[] => routes.filter(complaint).map(nameOf);

describe('the document', () => {
  it('is one of OpenAPI, and every reference in it leads somewhere', () => {
    expect(document.openapi).toMatch(/^3\./);
    expect(document.info).toMatchObject({ title: 'Chatr', version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string });
    const references = new Set(JSON.stringify(document).match(/#\/components\/schemas\/\w+/g));
    const missing = [...references].filter(
      (reference) => !(reference.split('/').at(-1) ?? '' in document.components.schemas),
    );
    expect([references.size > 10, missing]).toEqual([true, []]);
  });

  it('says of each operation what it is, where it belongs, and calls no two the same', () => {
    expect(routes.length).toBeGreaterThan(30);
    expect(wrong(({ operation }) => !/^[A-Z].*\.$/s.test(operation.summary ?? ''))).toEqual([]);
    expect(wrong(({ operation }) => operation.tags?.length !== 1)).toEqual([]);
    const ids = routes.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(routes.length);
  });

  it('describes each answer: a shape for what succeeds, the problem for what does not', () => {
    const isEmpty = (status: string): boolean => ['202', '204', '302'].includes(status);
    const isSuccess = (status: string): boolean => /^[23]/.test(status);
    expect(
      wrong(({ operation: { responses } }) => {
        const successes = Object.entries(responses).filter(([status]) => isSuccess(status));
        return (
          successes.length === 0 ||
          successes.some(
            ([status, { content }]) =>
              isEmpty(status) !==
              (content?.['application/json']?.schema === undefined &&
                content?.['application/zip'] === undefined &&
                content?.['text/csv'] === undefined),
          )
        );
      }),
    ).toEqual([]);
    const problem = { $ref: '#/components/schemas/ProblemDto' };
    expect(
      wrong(({ operation: { responses } }) =>
        Object.entries(responses)
          .filter(([status]) => !isSuccess(status))
          .some(
            ([, { content, description = '' }]) =>
              JSON.stringify(content?.['application/problem+json']?.schema) !== JSON.stringify(problem) ||
              !description.match(/`\w+`/g)?.every((code) => code.replaceAll('`', '') in PROBLEMS),
          ),
      ),
    ).toEqual([]);
    expect(
      wrong(({ operation: { responses } }) => !['429', '500', '503'].every((status) => status in responses)),
    ).toEqual([]);
  });

  it('describes each parameter and each body', () => {
    expect(
      wrong(({ path, operation: { parameters = [] } }) => {
        const inPath = (path.match(/\{\w+\}/g) ?? []).map((name) => name.slice(1, -1));
        const described = parameters.filter((one) => one.in === 'path' && one.required).map(({ name }) => name);
        return inPath.join() !== described.join() || parameters.some(({ schema }) => schema === undefined);
      }),
    ).toEqual([]);
    expect(
      wrong(
        ({ operation: { requestBody } }) =>
          requestBody !== undefined && requestBody.content?.['application/json']?.schema === undefined,
      ),
    ).toEqual([]);
  });
});

describe('the running server', () => {
  it('has every route that is documented, and asks for a token where that is said', async () => {
    for (const route of routes) {
      const { status, body } = await call<{ code: string } | undefined>(server, filled(route.path), {
        method: route.method.toUpperCase() as 'GET',
      });
      const isProtected = route.operation.security !== undefined;
      const said = [nameOf(route), status, body?.code];
      if (isProtected) expect(said).toEqual([nameOf(route), 401, 'unauthenticated']);
      else expect([nameOf(route), [404, 405, 500].includes(status)]).toEqual([nameOf(route), false]);
    }
  });

  it('has no route that is not documented', async () => {
    const mapped = server.logs.flatMap((line) => {
      const [, path, method] = /Mapped \{([^,]+), (\w+)\} route/.exec(line) ?? [];
      return path === undefined || method === undefined
        ? []
        : [`${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`];
    });
    // Only a development server has the mailbox and the preview of mails.
    const development = ['get /api/dev/mailbox', 'get /api/dev/mails', 'get /api/dev/mails/{template}'];
    const documented = new Set([...routes.map(nameOf), ...development]);
    expect(mapped.length).toBeGreaterThanOrEqual(routes.length);
    expect(mapped.filter((route) => !documented.has(route))).toEqual([]);

    for (const path of Object.keys(document.paths)) {
      for (const method of METHODS) {
        if (document.paths[path]?.[method] !== undefined) continue;
        const request = { method: method.toUpperCase() as 'GET', accessToken: ann.accessToken };
        const { status } = await call(server, filled(path), request);
        expect([method, path, [404, 405].includes(status) || documentedElsewhere(method, path)]).toEqual([
          method,
          path,
          true,
        ]);
      }
    }
  });

  it('answers what leads nowhere with a problem', async () => {
    for (const path of [
      '/nothing',
      '/chats/',
      '/v1/chats',
      '/openapi',
      '/..%2f..%2fetc/passwd',
      '/%E0%A4%A',
      '/chats//messages',
    ]) {
      const { status, body, headers } = await call<{ code: string }>(server, path, { accessToken: ann.accessToken });
      if (status === 200) expect(path).toBe('/chats/');
      else {
        expect([path, status < 500, body.code in PROBLEMS]).toEqual([path, true, true]);
        expect(headers.get('content-type')).toContain('application/problem+json');
      }
    }
  });

  it('shows the document to people, too', async () => {
    const page = await fetch(`${server.url}/api/docs`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });
});

/** `/users/me` is also a value of `/users/{id}`. */
function documentedElsewhere(method: string, path: string): boolean {
  return routes.some((route) => {
    const pattern = new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    return route.method === method && route.path !== path && pattern.test(path);
  });
}

test('what the server answers on a walk through the product is what the document says', async () => {
  const checking = new AnswerCheck(document);
  const complaints: string[] = [];
  const walk = async (method: string, path: string, request: Request & { as?: Person } = {}): Promise<void> => {
    const { as, ...rest } = request;
    const answer = await call(server, path, {
      method: method.toUpperCase() as 'GET',
      ...(as === undefined ? {} : { accessToken: as.accessToken }),
      ...rest,
    });
    const bare = `/api${path.split('?')[0] ?? ''}`;
    complaints.push(...checking.check(method, bare, answer.status, answer.headers.get('content-type'), answer.body));
  };

  const { id: direct } = await directChat(server, ann, bob);
  const { id: group } = await groupOf(server, ann, bob);
  const message = await send(server, ann, direct, 'hello');
  const answer = { clientId: randomUUID(), content: 'hi', replyToId: message.id };
  await walk('get', '/health/live');
  await walk('get', '/health/ready');
  await walk('get', '/server');
  await walk('post', '/auth/register', { body: newRegistration() });
  await walk('post', '/auth/register', { body: {} });
  await walk('post', '/auth/resend-code', { body: { email: ann.email } });
  await walk('post', '/auth/forgot-password', { body: { email: ann.email } });
  await walk('post', '/auth/login', { body: { identifier: bob.username, password: bob.password } });
  await walk('post', '/auth/login', { body: { identifier: bob.username, password: 'wrong' } });
  await walk('post', '/auth/refresh', { body: { refreshToken: bob.refreshToken } });
  await walk('get', '/auth/sessions', { as: ann });
  await walk('get', '/users/me', { as: ann });
  await walk('patch', '/users/me', { as: ann, body: { about: 'Words' } });
  await walk('get', '/users?query=bob', { as: ann });
  await walk('get', `/users/${bob.id}`, { as: ann });
  await walk('get', `/users/${randomUUID()}`, { as: ann });
  await walk('get', '/chats');
  await walk('get', '/chats', { as: boss });
  await walk('get', '/chats?limit=1', { as: ann });
  await walk('get', '/chats?limit=0', { as: ann });
  await walk('post', '/chats', { as: ann, body: { type: 'direct', userId: boss.id } });
  await walk('post', '/chats', { as: ann, body: { type: 'group', name: 'Another', memberIds: [bob.id] } });
  await walk('post', '/chats', { as: ann, body: { type: 'direct', userId: randomUUID() } });
  await walk('get', `/chats/${direct}`, { as: ann });
  await walk('get', `/chats/${direct}`, { as: boss });
  await walk('post', `/chats/${direct}/messages`, { as: bob, body: answer });
  await walk('post', `/chats/${direct}/messages`, { as: bob, body: answer });
  await walk('post', `/chats/${direct}/messages`, { as: bob, body: { ...answer, content: '' } });
  await walk('post', `/chats/${direct}/messages`, { as: bob, body: { ...answer, content: 'x'.repeat(300_000) } });
  await walk('post', `/chats/${direct}/read`, { as: ann, body: { seq: 2 } });
  await walk('patch', `/messages/${message.id}`, { as: ann, body: { content: 'hello!' } });
  await walk('patch', `/messages/${message.id}`, { as: bob, body: { content: 'mine' } });
  await walk('get', `/messages/${message.id}/edits`, { as: bob });
  await walk('get', `/chats/${direct}/messages`, { as: ann });
  await walk('delete', `/messages/${message.id}`, { as: ann });
  await walk('patch', `/messages/${message.id}`, { as: ann, body: { content: 'back' } });
  await walk('get', `/groups/${group}`, { as: bob });
  await walk('patch', `/groups/${group}`, { as: ann, body: { name: 'Renamed' } });
  await walk('patch', `/groups/${group}`, { as: bob, body: { name: 'Mine' } });
  await walk('post', `/groups/${group}/members`, { as: ann, body: { userIds: [boss.id] } });
  await walk('delete', `/groups/${group}/members/${boss.id}`, { as: ann });
  await walk('get', `/chats/${group}/messages`, { as: bob });
  await walk('post', '/sync', { as: ann, body: {} });
  await walk('post', '/sync', {
    as: ann,
    body: { cursor: '1', chats: { [direct]: 0, [group]: 1, [randomUUID()]: 1 } },
  });
  await walk('post', `/groups/${group}/leave`, { as: bob });
  await walk('get', '/admin/users', { as: boss });
  await walk('get', '/admin/users', { as: ann });
  await walk('post', '/admin/invites', { as: boss, body: { email: 'friend@example.test' } });
  await walk('get', '/admin/invites', { as: boss });
  await walk('post', `/admin/users/${bob.id}/suspend`, { as: boss });
  await walk('post', `/admin/users/${bob.id}/restore`, { as: boss });
  await walk('post', '/users/me/export', { as: ann, body: { password: 'wrong' } });
  await walk('post', '/users/me/export', { as: ann, body: { password: ann.password } });
  await walk('get', '/users/me/export', { as: ann });
  await walk('get', '/exports/download?ticket=invented');
  await walk('delete', '/users/me', { as: boss, body: { password: boss.password } });
  await walk('post', '/auth/logout', { as: ann });
  await walk('delete', '/users/me', {
    as: await registerPerson(server),
    body: { password: newRegistration().password },
  });
  expect(complaints).toEqual([]);
  expect(checking.seen.size).toBeGreaterThan(45);
});
