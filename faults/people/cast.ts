import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../schedule/random.js';
import type { Credentials, Neighbourhood } from './protocol.js';
import { ask, call } from './rest.js';

const PASSWORD = 'correct horse battery staple';
const MAIL_TRIES = 200;

/** Registers people with one server, which keeps the mail with their codes. */
export async function registerPeople(url: string, count: number, seed: number): Promise<Credentials[]> {
  const people: Credentials[] = [];
  for (let index = 0; index < count; index++)
    people.push(await register(url, `p${String(index).padStart(2, '0')}x${seed}`));
  return people;
}

async function register(url: string, username: string): Promise<Credentials> {
  const email = `${username}@example.test`;
  await ask(url, '/auth/register', undefined, {
    email,
    username,
    password: PASSWORD,
    displayName: `Person ${username}`,
  });
  const code = await mailedCode(url, email);
  const { user } = await ask<{ user: { id: string } }>(url, '/auth/verify-email', undefined, { email, code });
  return { id: user.id, username, password: PASSWORD };
}

/** Mail leaves after the answer, so it is waited for. */
async function mailedCode(url: string, email: string): Promise<string> {
  for (let tries = 0; tries < MAIL_TRIES; tries++) {
    const { body } = await call<{ text: string }[]>(url, `/dev/mailbox?to=${encodeURIComponent(email)}`);
    const code = body?.map(({ text }) => /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0]).find((found) => found !== undefined);
    if (code !== undefined) return code;
    await sleep(25);
  }
  throw new Error(`no code was mailed to ${email}`);
}

/** The chats that are there from the beginning: one with everybody, so that everybody sees who is there; some groups; and pairs. */
export async function makeChats(url: string, people: readonly Credentials[], random: Random): Promise<Neighbourhood> {
  const core: Record<string, string[]> = {};
  const create = async (founder: Credentials, body: object, members: readonly string[]): Promise<void> => {
    const { accessToken } = await ask<{ accessToken: string }>(url, '/auth/login', undefined, {
      identifier: founder.username,
      password: founder.password,
    });
    const { id } = await ask<{ id: string }>(url, '/chats', accessToken, body);
    core[id] = [founder.id, ...members];
  };
  const ids = people.map(({ id }) => id);
  const [first] = people;
  if (first === undefined) throw new Error('a neighbourhood needs people');
  await create(first, { type: 'group', name: 'Everybody', memberIds: ids.slice(1) }, ids.slice(1));
  for (const [index, founder] of people.slice(0, Math.ceil(people.length / 4)).entries()) {
    const others = random.shuffled(ids.filter((id) => id !== founder.id)).slice(0, random.integer(3, 7));
    // The second half of them comes and goes.
    const staying = others.slice(0, Math.ceil(others.length / 2));
    await create(founder, { type: 'group', name: `Group ${index + 1}`, memberIds: others }, staying);
  }
  for (const [index, person] of people.entries()) {
    const other = people[(index + random.integer(1, people.length - 1)) % people.length];
    if (other !== undefined) await create(person, { type: 'direct', userId: other.id }, [other.id]);
  }
  return { people, core };
}
