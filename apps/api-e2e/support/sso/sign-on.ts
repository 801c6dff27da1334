import { ask } from '../http.js';
import type { ServerAddress } from '../server.js';
import { Browser, type Page } from './browser.js';

/** What a session of a browser knows. */
interface Session {
  accessToken: string;
  user: { id: string; username: string; displayName: string; email: string; role: string };
}

export const isCallback = (url: URL): boolean => url.pathname === '/api/auth/sso/callback';

/** The page of the provider at which a sign-in begins. */
export function goToProvider(server: ServerAddress, browser: Browser, next?: string): Promise<Page> {
  const query = next === undefined ? '' : `?next=${encodeURIComponent(next)}`;
  return browser.open(`${server.url}/api/auth/sso/start${query}`);
}

/** Signs in with the provider's page. @returns where the browser ends up */
export async function signOn(
  server: ServerAddress,
  account: string,
  { browser = new Browser(), next }: { browser?: Browser; next?: string } = {},
): Promise<URL> {
  const page = await goToProvider(server, browser, next);
  // The provider knows this browser still, and has asked nothing.
  if (page.url.origin === server.url) return page.url;
  return (await browser.submit(page, { account, answer: 'yes' })).url;
}

/** The address with which the provider sends the browser back, before it is gone to. */
export async function answerOf(server: ServerAddress, account: string, browser: Browser): Promise<URL> {
  const page = await goToProvider(server, browser);
  return (await browser.submit(page, { account, answer: 'yes' }, isCallback)).url;
}

/** The session that a browser has, taken up as the app does after a reload. */
export function sessionOf(server: ServerAddress, browser: Browser): Promise<Session> {
  const cookie = `chatr_refresh=${browser.cookie(server.url, 'chatr_refresh') ?? ''}`;
  return ask<Session>(server, '/auth/refresh', { method: 'POST', headers: { cookie, origin: server.url } });
}

/** Who is signed in after signing in with the provider. */
export async function signedOn(server: ServerAddress, account: string, browser = new Browser()): Promise<Session> {
  await signOn(server, account, { browser });
  return sessionOf(server, browser);
}
