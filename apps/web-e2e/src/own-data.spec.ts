import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { filesOf } from '../../api-e2e/support/archives.js';
import { directChat, send } from '../../api-e2e/support/chats.js';
import { sharedServer } from '../../api-e2e/support/shared-server.js';
import { chatRow, message, visit } from '../support/screens.js';

test('somebody downloads everything, after saying the password, and can read it without a server', async ({
  browser,
}) => {
  const server = sharedServer();
  const [anna, ben] = [await visit(browser, server, 'Anna'), await visit(browser, server, 'Ben')];
  const { id } = await directChat(server, anna, ben);
  await send(server, ben, id, 'Words to keep <3');
  const { page } = anna;
  await page.goto('/settings/data');
  const field = page.getByLabel('Your password');
  await page.getByRole('button', { name: 'Download my data' }).click();
  await expect(page.getByText('Enter your password.')).toBeVisible();
  await field.fill('not the password');
  await field.press('Enter');
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await field.fill(anna.password);
  const [download] = await Promise.all([page.waitForEvent('download'), field.press('Enter')]);
  await expect(page.getByText(/^Done: \d/u)).toBeVisible();
  expect(download.suggestedFilename()).toMatch(/^chatr-\d{4}-\d\d-\d\d\.zip$/u);
  const files = await filesOf(readFileSync(await download.path()));
  const [path, text] = [...files].find(([name]) => name.endsWith('page-1.html')) ?? ['', ''];
  expect(path).toContain(ben.displayName);

  // The page itself, as somebody opens it: nothing of it runs or is fetched.
  const offline = await (await browser.newContext({ offline: true, javaScriptEnabled: false })).newPage();
  await offline.setContent(text);
  await expect(offline.getByText('Words to keep <3')).toBeVisible();
});

test('somebody deletes the account: the other one sees so at once, and nobody can sign in', async ({ browser }) => {
  const server = sharedServer();
  const [anna, ben] = [await visit(browser, server, 'Anna'), await visit(browser, server, 'Ben')];
  const { id } = await directChat(server, anna, ben);
  await send(server, anna, id, 'Goodbye');
  await chatRow(ben.page, anna.displayName).click();
  await expect(message(ben.page, 'Goodbye')).toBeVisible();

  const { page } = anna;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/settings/data');
  await page.getByRole('button', { name: 'Delete my account…' }).click();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((violation) => violation.id)).toEqual([]);
  await page.getByLabel('Type your username to go on').fill('somebody');
  await page.locator('#delete-password').fill(anna.password);
  await page.getByRole('button', { name: 'Delete my account', exact: true }).click();
  await expect(page.getByText('This is not your username.')).toBeVisible();
  await page.getByLabel('Type your username to go on').fill(anna.username);
  await page.getByRole('button', { name: 'Delete my account', exact: true }).click();
  await expect(page.getByText('Your account was deleted.')).toBeVisible();

  await expect(ben.page.getByRole('heading', { level: 1, name: 'Deleted user' })).toBeVisible();
  await expect(ben.page.getByText('This person has deleted their account.')).toBeVisible();
  await expect(ben.page.getByLabel('Message', { exact: true })).toHaveCount(0);
  await expect(message(ben.page, 'Goodbye')).toBeVisible();

  await page.getByLabel('E-mail or username').fill(anna.username);
  await page.getByLabel('Password', { exact: true }).fill(anna.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('That name and password do not belong together.')).toBeVisible();
});
