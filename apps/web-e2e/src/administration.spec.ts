import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { type Person, registerPerson } from '../../api-e2e/support/people.js';
import { protect } from '../../api-e2e/support/second-step.js';
import { startServer, type TestServer } from '../../api-e2e/support/server.js';
import { expectAccessible } from '../support/accessible.js';
import { signIn } from '../support/screens.js';

let server: TestServer;
let admin: Person;

// One of its own: its first person administrates it.
test.beforeAll(async () => {
  server = await startServer({ LOGIN_VERIFICATION: 'off' });
  admin = await registerPerson(server, { displayName: 'Ada Admin' });
});
test.afterAll(() => server.destroy());

test('an administrator ends somebody’s sessions, makes them one too, and sees it in the log', async ({
  browser,
  page,
}) => {
  const person = await registerPerson(server, { displayName: 'Paul Person' });
  const theirs = await (await browser.newContext()).newPage();
  await signIn(theirs, server, person);
  await signIn(page, server, admin);
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Administration' }).click();
  await page.getByLabel('Search accounts').fill(person.username);
  await page.getByRole('link', { name: person.displayName }).click();

  await page.getByRole('button', { name: 'End all sessions' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'End all' }).click();
  await expect(theirs.getByText('An administrator ended this session.')).toBeVisible();
  await expect(page.getByText('They are signed in nowhere.')).toBeVisible();

  await page.getByRole('button', { name: 'Make administrator' }).click();
  await page.getByLabel('Your password').fill('not the password');
  await page.getByRole('button', { name: 'Make administrator' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await page.getByLabel('Your password').fill(admin.password);
  await page.getByRole('button', { name: 'Make administrator' }).click();
  await expect(page.getByRole('button', { name: 'Take the role away' })).toBeVisible();
  await signIn(theirs, server, person);
  await theirs.goto(`${server.url}/people`);
  await expect(theirs).toHaveURL(/\/admin\/people$/u);
  await theirs.context().close();

  await page.getByRole('link', { name: 'What was done to it' }).click();
  const entries = page.getByRole('list', { name: 'Entries' });
  await expect(entries.getByRole('listitem').filter({ hasText: 'Role changed' })).toContainText(
    'from: user · to: admin',
  );
  await expect(entries.getByRole('listitem').filter({ hasText: 'Session ended' })).toContainText(`@${admin.username}`);
  await page.getByLabel('What').selectOption({ label: 'Role changed' });
  await expect(entries.getByRole('listitem')).toHaveCount(1);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  expect(readFileSync(await file.path(), 'utf8')).toContain(`role.changed,${admin.id}`);
});

test('factors of somebody who lost the phone are reset with the administrator’s password', async ({ page }) => {
  const person = await registerPerson(server);
  await protect(server, person);
  await signIn(page, server, admin);
  await page.goto(`${server.url}/admin/people/${person.id}`);
  const factors = page.locator('chatr-account-factors');
  await expect(factors).toContainText('Authenticator appOn');
  await factors.getByRole('button', { name: 'Reset factors' }).click();
  await factors.getByLabel('Your password').fill(admin.password);
  await factors.getByRole('button', { name: 'Reset' }).click();
  await expect(factors).toContainText('Authenticator appOff');
  await expect(factors.getByRole('button', { name: 'Reset factors' })).toBeDisabled();
});

test('who may register is set while the server runs, and said to who wants to', async ({ browser, page }) => {
  await signIn(page, server, admin);
  await page.goto(`${server.url}/admin/registration`);
  await page.getByLabel('Certain domains').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Enter at least one domain.')).toBeVisible();
  await page.getByLabel('Domains', { exact: true }).fill('Corp.test, other.test');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible();
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(`${server.url}/register`);
  await expect(stranger.getByText('Only addresses of certain organisations can register here.')).toBeVisible();
  await stranger.context().close();
  await page.reload();
  await expect(page.getByLabel('Domains', { exact: true })).toHaveValue('corp.test, other.test');
  await page.getByLabel('As the server is configured').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible();
});

test('a list says why it does not come, and comes when it is asked for again', async ({ page }) => {
  await signIn(page, server, admin);
  await page.route('**/api/admin/audit?**', (route) => route.abort());
  await page.route('**/api/admin/audit', (route) => route.abort());
  await page.goto(`${server.url}/admin/audit`);
  await expect(page.getByText('The server cannot be reached.')).toBeVisible();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('list', { name: 'Entries' }).getByRole('listitem').first()).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`administration passes the checks and fits, ${colorScheme}, ${width} px wide`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 844 });
      const person = await registerPerson(server, {
        displayName: 'Somebody with quite a long name that goes on and on and on',
      });
      await signIn(page, server, admin);
      for (const [path, shown] of [
        ['people', person.displayName],
        [`people/${person.id}`, 'Sign'],
        ['invitations', 'Nobody is invited at the moment.'],
        ['registration', 'As the server is configured'],
        ['audit', 'Signed in'],
      ] as const) {
        await page.goto(`${server.url}/admin/${path}`);
        await page.locator('chatr-admin').getByText(shown).filter({ visible: true }).first().waitFor();
        await expectAccessible(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        await page.screenshot({ path: test.info().outputPath(`${path.replace('/', '-')}.png`) });
      }
    });
  }
}
