import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import getPort from 'get-port';
import { registerPerson } from '../../api-e2e/support/people.js';
import { startServer, type TestServer } from '../../api-e2e/support/server.js';
import { type RealProvider, startProvider } from '../../api-e2e/support/sso/real-provider.js';
import { signIn } from '../support/screens.js';

let server: TestServer;
let provider: RealProvider;

test.beforeAll(async () => {
  const port = await getPort();
  provider = await startProvider(`http://127.0.0.1:${port}`);
  for (const name of ['zoe', 'ann'])
    provider.accounts.set(name, { email: `${name}@example.test`, email_verified: true, name: `${name} Müller` });
  provider.accounts.set('nobody', { email: 'nobody@example.test', email_verified: false });
  // People of the scenarios register outside of the browser, to which each of them would be new.
  server = await startServer({ PORT: String(port), LOGIN_VERIFICATION: 'off', ...provider.env });
});
test.afterAll(async () => {
  await server.destroy();
  await provider.stop();
});

/** Logs in on the provider's page, which is another site's. */
async function logInThere(page: Page, account: string): Promise<void> {
  await expect(page).toHaveTitle('Example login');
  expect(new URL(page.url()).hostname).not.toBe(new URL(server.url).hostname);
  await page.getByLabel('Account').fill(account);
  await page.getByRole('button', { name: 'Log in' }).click();
}

test('somebody signs in through the provider’s page, gets where they wanted to go, and stays signed in', async ({
  page,
  context,
}) => {
  await page.goto(`${server.url}/settings/appearance`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByRole('link', { name: 'Continue with Example' }).click();
  await logInThere(page, 'zoe');
  await expect(page.getByRole('heading', { name: 'Appearance' })).toBeVisible();
  expect(page.url()).toBe(`${server.url}/settings/appearance`);

  const cookie = (await context.cookies()).find(({ name }) => name === 'chatr_refresh');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Appearance' })).toBeVisible();
  await page.goto(`${server.url}/settings/profile`);
  await expect(page.getByLabel('Your name')).toHaveValue('zoe Müller');
});

test('whoever cancels, or has no confirmed address there, reads why they are not in', async ({ page }) => {
  await page.goto(`${server.url}/register`);
  await page.getByRole('link', { name: 'Continue with Example' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The sign-in was cancelled.')).toBeVisible();
  await page.getByRole('link', { name: 'Continue with Example' }).click();
  await logInThere(page, 'nobody');
  await expect(page.getByText('has not confirmed your e-mail address')).toBeVisible();
  expect(page.url()).toBe(`${server.url}/login?problem=sso_unverified`);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test('an account is linked with the provider in the settings, signed in to with it, and unlinked', async ({
  page,
  browser,
}) => {
  const person = await registerPerson(server);
  await signIn(page, server, person);
  await page.goto(`${server.url}/settings/security`);
  await page.getByRole('button', { name: 'Link with Example…' }).click();
  await page.getByLabel('Your password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Go on to Example' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await page.getByLabel('Your password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Go on to Example' }).click();
  await logInThere(page, 'ann');
  await expect(page.getByText('From now on you can sign in with Example.')).toBeVisible();
  await expect(page.getByText('ann@example.test')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  const other = await (await browser.newContext()).newPage();
  await other.goto(`${server.url}/login`);
  await other.getByRole('link', { name: 'Continue with Example' }).click();
  await logInThere(other, 'ann');
  await expect(other.getByText('No chats yet')).toBeVisible();
  await other.goto(`${server.url}/settings/profile`);
  await expect(other.getByText(`@${person.username}`)).toBeVisible();
  await other.context().close();

  await page.getByRole('button', { name: 'Unlink ann@example.test' }).click();
  await page.getByRole('button', { name: 'Unlink', exact: true }).last().click();
  await expect(page.getByRole('button', { name: 'Link with Example…' })).toBeVisible();
});

test('where single sign-on is the only way in, the screens have no form', async ({ page }) => {
  await server.stop();
  await server.restart({ OIDC_ONLY: 'on' });
  for (const path of ['/login', '/register']) {
    await page.goto(`${server.url}${path}`);
    await expect(page.getByRole('link', { name: 'Continue with Example' })).toBeVisible();
    await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0);
  }
  await page.getByRole('link', { name: 'Continue with Example' }).click();
  await logInThere(page, 'zoe');
  await expect(page.getByText('No chats yet')).toBeVisible();
});
