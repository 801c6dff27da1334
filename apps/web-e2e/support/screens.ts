import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { registerPerson, type Person } from '../../api-e2e/support/people.js';
import type { ServerAddress } from '../../api-e2e/support/server.js';

/** Somebody in a browser of their own. */
export interface Visitor extends Person {
  page: Page;
}

/** Signs in with the form, as people do. */
export async function signIn(page: Page, server: ServerAddress, person: Person): Promise<void> {
  await page.goto(`${server.url}/login`);
  await page.getByLabel('E-mail or username').fill(person.username);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/chats$/u);
}

/** A new person, signed in in a new browser, whose cookies and storage nobody shares. */
export async function visit(browser: Browser, server: ServerAddress, displayName: string): Promise<Visitor> {
  const person = await registerPerson(server, {
    displayName: `${displayName} ${Math.random().toString(36).slice(2, 8)}`,
  });
  const page = await (await browser.newContext()).newPage();
  await signIn(page, server, person);
  return { ...person, page };
}

/** Opens the direct chat with somebody by way of the search field. */
export async function openChatWith(visitor: Visitor, other: Person): Promise<void> {
  await visitor.page.getByLabel('Search chats and people').fill(other.username);
  await visitor.page.getByRole('button', { name: other.displayName }).click();
  await expect(visitor.page.getByRole('heading', { level: 1, name: other.displayName })).toBeVisible();
}

/** Writes into the open chat. */
export async function write(page: Page, text: string): Promise<void> {
  const field = page.getByLabel('Message', { exact: true });
  await field.fill(text);
  await field.press('Enter');
}

/** The rows of the open chat that hold this text. */
export function message(page: Page, text: string): Locator {
  return page.getByRole('region', { name: 'Messages' }).locator('[data-row]').filter({ hasText: text });
}

/** The row of a chat in the list. */
export function chatRow(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Chats' }).getByRole('link').filter({ hasText: name });
}
