import { Authenticator, type Flaws } from './authenticator.js';
import { type Answer, ask, call } from './http.js';
import type { Person } from './people.js';
import type { ServerAddress } from './server.js';

/** What a browser takes. */
export interface Ceremony {
  options: { challenge: string; user: { id: string }; allowCredentials: { id: string }[] };
}

export interface PasskeyAnswer {
  code?: string;
  id: string;
  name: string;
  synced: boolean;
  lastUsedAt: string | null;
  accessToken?: string;
  refreshToken?: string;
}

/** Where people reach a server with passkeys. Nothing listens there: nobody's browser is asked. */
export const ORIGIN = 'https://chat.example.test';

export function addOptions(server: ServerAddress, { accessToken, password }: Person): Promise<Ceremony> {
  return ask(server, '/auth/passkeys/options', { accessToken, body: { password } });
}

export function loginOptions(server: ServerAddress): Promise<Ceremony> {
  return ask(server, '/auth/passkeys/login/options', { method: 'POST' });
}

export function passkeyLogin(server: ServerAddress, response: unknown, more = {}): Promise<Answer<PasskeyAnswer>> {
  return call(server, '/auth/passkeys/login', { body: { response, ...more } });
}

/** Adds a passkey to somebody, unless it is refused. */
export async function addPasskey(
  server: ServerAddress,
  person: Person,
  { synced = false, ...flaws }: Flaws & { synced?: boolean } = {},
): Promise<{ answer: Answer<PasskeyAnswer>; key: Authenticator }> {
  const { options } = await addOptions(server, person);
  const key = new Authenticator(ORIGIN, options.user.id, synced);
  return { answer: await sendNew(server, person, key.create(options, flaws)), key };
}

export function sendNew(
  server: ServerAddress,
  { accessToken }: Pick<Person, 'accessToken'>,
  response: object,
): Promise<Answer<PasskeyAnswer>> {
  return call(server, '/auth/passkeys', { accessToken, body: { name: 'Laptop', response } });
}

export const outcome = ({ status, body }: Answer<{ code?: string }>): [number, string | undefined] => [
  status,
  body.code,
];

export const REFUSED = [400, 'passkey_invalid'];
