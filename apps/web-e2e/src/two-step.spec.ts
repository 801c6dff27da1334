import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { mailedCode, type Person, registerPerson } from '../../api-e2e/support/people.js';
import { appCode } from '../../api-e2e/support/second-step.js';
import { inDatabase } from '../../api-e2e/support/database.js';
import { startServer, type TestServer } from '../../api-e2e/support/server.js';

let server: TestServer;

// One of its own: its database is looked into, and it asks new devices for a code, as installations do.
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.destroy());

/** The first step: name and password. */
async function enterPassword(page: Page, person: Person): Promise<void> {
  await page.goto(`${server.url}/login`);
  await page.getByLabel('E-mail or username').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.goto(`${server.url}/chats`);
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login$/u);
}

/** Signs in on a browser that the account does not know. */
async function signInByMail(page: Page, person: Person): Promise<void> {
  const before = await mailedCode(server, person.email);
  await enterPassword(page, person);
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();
  await page.getByLabel('Six-digit code').fill(await mailedCode(server, person.email, before));
  await expect(page.getByText('No chats yet')).toBeVisible();
}

/** Lets half a minute pass as far as used codes go. */
async function forgetUsedCodes(person: Person): Promise<void> {
  await inDatabase(server, `UPDATE totp_factors SET last_step = 0 WHERE user_id = $1`, [person.id]);
}

test('a new browser is asked for a mailed code, and is known from then on', async ({ page }) => {
  const person = await registerPerson(server);
  const before = await mailedCode(server, person.email);
  await enterPassword(page, person);
  const code = await mailedCode(server, person.email, before);
  await expect(page.getByRole('button', { name: /^Send another code in \d+ s$/u })).toBeDisabled();
  await page.getByLabel('Six-digit code').fill(code === '000000' ? '111111' : '000000');
  await expect(page.getByText('That code is wrong or has expired')).toBeVisible();
  await expect(page.getByLabel('Six-digit code')).toBeFocused();
  await page.keyboard.type(code);
  await expect(page.getByText('No chats yet')).toBeVisible();

  await signOut(page);
  await enterPassword(page, person);
  await expect(page.getByText('No chats yet')).toBeVisible();
});

test('the second step is not there without the first', async ({ page }) => {
  await page.goto(`${server.url}/login/verify`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('somebody sets up an app, signs in with it, loses it, and comes back with a recovery code', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  const person = await registerPerson(server);
  await signInByMail(page, person);

  await page.goto(`${server.url}/settings/security`);
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy the key' }).click();
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  await expect(page.getByLabel('Key for your authenticator app')).toHaveText(secret.replace(/.{4}(?=.)/gu, '$& '));
  await page.getByLabel('Six-digit code').fill(appCode(secret));
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const [first = ''] = await codes.allInnerTexts();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect(readFileSync(await (await downloading).path(), 'utf8')).toContain(first);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('10 recovery codes are left.')).toBeVisible();
  await expect(page.getByText(first)).toBeHidden();

  await forgetUsedCodes(person);
  await signOut(page);
  await enterPassword(page, person);
  await expect(page.getByRole('heading', { name: 'Two-step verification' })).toBeVisible();
  await page.getByLabel('Six-digit code').fill(appCode(secret));
  await expect(page.getByText('No chats yet')).toBeVisible();

  await signOut(page);
  await enterPassword(page, person);
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByLabel('Recovery code').fill('AAAA-AAAA-AAAA-AAAA');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That is none of your recovery codes')).toBeVisible();
  await page.getByLabel('Recovery code').fill(first.toLowerCase());
  await page.keyboard.press('Enter');
  await expect(page.getByText('No chats yet')).toBeVisible();

  await page.goto(`${server.url}/settings/security`);
  await expect(page.getByText('9 recovery codes are left.')).toBeVisible();
  await page.getByRole('button', { name: 'Turn off' }).click();
  await page.getByLabel('Your password').fill('not the password');
  await page.getByRole('button', { name: 'Turn off' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await page.getByLabel('Your password').fill(person.password);
  await page.getByRole('button', { name: 'Turn off' }).click();
  await expect(page.getByRole('button', { name: 'Set up' })).toBeVisible();
});

test('signing out everywhere else shows at once on the other browser', async ({ page, browser }) => {
  const person = await registerPerson(server);
  await signInByMail(page, person);
  const other = await (await browser.newContext()).newPage();
  await signInByMail(other, person);

  await page.goto(`${server.url}/settings/security`);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(other.getByText('This session was ended from another device.')).toBeVisible();
  await other.context().close();
});
