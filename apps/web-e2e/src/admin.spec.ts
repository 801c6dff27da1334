import { expect, test } from '@playwright/test';
import { mailedCode, mailsTo, newRegistration, registerPerson } from '../../api-e2e/support/people.js';
import { startServer, type TestServer } from '../../api-e2e/support/server.js';
import { signIn } from '../support/screens.js';

let server: TestServer;

test.beforeAll(async () => {
  server = await startServer({ REGISTRATION: 'invite', ADMIN_EMAIL: 'admin@example.test', LOGIN_VERIFICATION: 'off' });
});

test.afterAll(() => server.destroy());

test('an administrator invites by mail, and can suspend and restore who came', async ({ browser, page }) => {
  const admin = await registerPerson(server, { email: 'admin@example.test' });
  await signIn(page, server, admin);
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Administration' }).click();
  const tabs = page.getByRole('navigation', { name: 'Administration' });
  await tabs.getByRole('link', { name: 'Invitations' }).click();

  const guest = newRegistration();
  const other = await (await browser.newContext()).newPage();
  await other.goto(`${server.url}/register`);
  await fillRegistration();
  await expect(other.getByText('New accounts need an invitation here.')).toBeVisible();

  await page.getByLabel('E-mail', { exact: true }).fill(guest.email);
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Open invitations' })).toContainText(guest.email);
  const link = /\/register\?invite=\S+/u.exec((await mailsTo(server, guest.email))[0]?.text ?? '')?.[0];
  await other.goto(`${server.url}${link ?? ''}`);
  await expect(other.getByText('You are invited.')).toBeVisible();
  await fillRegistration();
  await other.getByLabel('Six-digit code').fill(await mailedCode(server, guest.email));
  await expect(other.getByText('No chats yet')).toBeVisible();

  await tabs.getByRole('link', { name: 'People' }).click();
  await page.getByLabel('Search accounts').fill(guest.username);
  await page.getByRole('button', { name: `Suspend ${guest.displayName}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Suspend' }).click();
  await expect(other.getByText('This account is suspended.')).toBeVisible();
  await page.getByRole('button', { name: `Restore ${guest.displayName}` }).click();
  await expect(page.getByRole('button', { name: `Suspend ${guest.displayName}` })).toBeVisible();
  await signIn(other, server, { ...admin, ...guest });
  await other.context().close();

  async function fillRegistration(): Promise<void> {
    await other.getByLabel('Your name').fill(guest.displayName);
    await other.getByLabel('Username').fill(guest.username);
    await other.getByLabel('E-mail', { exact: true }).fill(guest.email);
    await other.getByLabel('Password', { exact: true }).fill(guest.password);
    await other.getByRole('button', { name: 'Create account' }).click();
  }
});
