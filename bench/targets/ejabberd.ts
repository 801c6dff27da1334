import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import getPort from 'get-port';
import { SERVER_CORE } from '../machine/cores.js';
import { query } from '../machine/postgres.js';
import { listens, Program } from '../machine/program.js';
import type { World, WorldPlan } from '../world.js';
import type { Target } from './target.js';

const SCHEMA = '/usr/share/ejabberd/sql/pg.sql';
const LIBRARIES = '/usr/lib/erlang/lib';
const PASSWORD = 'bench';
const ROOM_USERS = 5_000;

/** The server that people pick for speed, from Debian's package, and with every message archived. */
export const ejabberd: Target = {
  name: 'ejabberd',
  description: 'Debian’s ejabberd, one scheduler, every message archived in the same PostgreSQL',
  scenarios: ['dm-closed', 'dm-open', 'fan-out', 'history'],
  unavailable: () =>
    isInstalled()
      ? undefined
      : 'It is not installed. On Debian: sudo apt-get install --no-install-recommends ejabberd erlang-p1-pgsql',
  start: async ({ databaseUrl, folder }, plan) => {
    await query(databaseUrl, readFileSync(SCHEMA, 'utf8'));
    const world = await seed(databaseUrl, plan);
    const port = await getPort();
    const config = join(folder, 'ejabberd.yml');
    mkdirSync(join(folder, 'spool'));
    writeFileSync(config, configuration(port, new URL(databaseUrl)));
    // Erlang itself, without the package's script: that would be a service of this machine, not a process of this run.
    const args = [
      '+K',
      'true',
      '+P',
      '250000',
      '+S',
      '1',
      '-noinput',
      '-mnesia',
      'dir',
      `"${folder}/spool"`,
      '-s',
      'ejabberd',
    ];
    const program = Program.start('ejabberd', '/usr/bin/erl', args, {
      core: SERVER_CORE,
      cwd: folder,
      env: {
        HOME: folder,
        ERL_LIBS: '/usr/lib/x86_64-linux-gnu',
        ERL_CRASH_DUMP: '/dev/null',
        EJABBERD_CONFIG_PATH: config,
        EJABBERD_LOG_PATH: join(folder, 'ejabberd.log'),
      },
    });
    await program.ready(() => listens(port));
    return { protocol: 'xmpp', port, databaseUrl, world, pid: program.pid, stop: () => program.stop('SIGKILL') };
  },
};

function isInstalled(): boolean {
  return (
    existsSync(SCHEMA) && existsSync(LIBRARIES) && readdirSync(LIBRARIES).some((name) => name.startsWith('p1_pgsql'))
  );
}

function configuration(port: number, database: URL): string {
  return `
hosts: [localhost]
loglevel: warning
auth_method: [sql]
auth_password_format: plain
sql_type: pgsql
sql_server: "${database.hostname}"
sql_port: ${database.port}
sql_database: "${database.pathname.slice(1)}"
sql_username: "${database.username}"
sql_password: "${database.password}"
sql_pool_size: 10
listen:
  -
    port: ${port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    backlog: 1000
    access: all
    shaper: none
shaper_rules:
  max_user_sessions: 10
modules:
  mod_mam:
    db_type: sql
    default: always
    assume_mam_usage: true
  mod_muc:
    max_users: ${ROOM_USERS}
    history_size: 0
    access_mam: [{allow: all}]
    default_room_options:
      mam: true
      max_users: ${ROOM_USERS}
      presence_broadcast: []
`;
}

async function seed(url: string, plan: WorldPlan): Promise<World> {
  const names = Array.from({ length: plan.people }, (_, index) => `u${index}`);
  await query(url, 'INSERT INTO users (username, password) SELECT unnest($1::text[]), $2', [names, PASSWORD]);
  const name = (index: number): string => names[index] ?? '';
  const chats = plan.chats.map((chat, index) => ({
    ...chat,
    id: chat.kind === 'direct' ? chat.members.map(name).join(' ') : `room${index}@conference.localhost`,
  }));
  const rooms = names.map((): string[] => []);
  for (const { id, kind, members } of chats)
    if (kind === 'group') for (const member of members) rooms[member]?.push(id);
  for (const { kind, members, messages = 0 } of chats)
    if (kind === 'direct' && messages > 0) await seedArchive(url, members.map(name), messages);
  await query(url, 'ANALYZE');
  return { people: names.map((id, index) => ({ id, token: [PASSWORD, ...(rooms[index] ?? [])].join(' ') })), chats };
}

/** Messages of the second to the first, a second apart, as mod_mam keeps them for the one who reads. */
async function seedArchive(url: string, [reader = '', writer = '']: string[], messages: number): Promise<void> {
  await query(
    url,
    `INSERT INTO archive (username, timestamp, peer, bare_peer, xml, txt, kind, nick)
     SELECT $1, (extract(epoch FROM now()) - (1 + $3 - n))::bigint * 1000000, $2 || '@localhost/bench', $2 || '@localhost',
       '<message xml:lang=''en'' to=''' || $1 || '@localhost'' from=''' || $2 || '@localhost/bench'' type=''chat'' id=''' || n ||
         ''' xmlns=''jabber:client''><body>Message number ' || n || ' of a long conversation</body></message>',
       'Message number ' || n || ' of a long conversation', 'chat', ''
     FROM generate_series(1, $3::int) AS n`,
    [reader, writer, messages],
  );
}
