import { expect, test } from '@playwright/test';
import { registerPerson } from '../../api-e2e/support/people.js';
import { sharedServer } from '../../api-e2e/support/shared-server.js';
import { signIn } from '../support/screens.js';

test('a weak password is refused with advice, while typing and by the server', async ({ page }) => {
  await page.goto('/register');
  await page.getByLabel('Your name').fill('Xanthippe Quillfeather');
  await page.getByLabel('Username').fill(`x${Math.random().toString(36).slice(2, 10)}`);
  await page.getByLabel('E-mail', { exact: true }).fill(`x${Math.random().toString(36).slice(2, 10)}@example.test`);
  const field = page.getByLabel('Password', { exact: true });
  const meter = page.locator('chatr-strength-meter');
  await field.fill('Password123');
  await expect(meter).toContainText('Too easy to guess.');
  await field.fill('Quillfeather7');
  await expect(meter).toContainText('Leave names and addresses out of it.');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('alert')).toContainText(
    'Password is too easy to guess. Leave names and addresses out of it.',
  );
  await field.fill('correct horse battery staple');
  await expect(meter).toContainText('Strong.');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();
});

test('somebody changes the password, and another window says at once that it was signed out', async ({ browser }) => {
  const server = sharedServer();
  const person = await registerPerson(server);
  const [page, other] = [await (await browser.newContext()).newPage(), await (await browser.newContext()).newPage()];
  await signIn(page, server, person);
  await signIn(other, server, person);
  await page.goto('/settings/security');
  const card = page.locator('chatr-password-settings');
  await card.getByRole('button', { name: 'Change password' }).click();
  const present = card.getByLabel('Present password', { exact: true });
  await expect(present).toBeFocused();
  const wanted = card.getByLabel('New password', { exact: true });
  await present.fill('not the password');
  await wanted.fill('Password123');
  await expect(card.locator('chatr-strength-meter')).toContainText('Too easy to guess.');
  await wanted.fill('a wholly new password');
  await expect(card.locator('chatr-strength-meter')).toContainText('Strong.');
  await wanted.press('Enter');
  await expect(card.getByText('This is not your password.')).toBeVisible();
  await present.fill(person.password);
  await present.press('Enter');
  await expect(page.getByText('Your password is changed. Every other device is signed out.')).toBeVisible();

  await expect(other).toHaveURL(/\/login/u);
  await expect(other.getByText('Your password was changed. Sign in with the new one.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Where you are signed in' })).toBeVisible();
  await signIn(other, server, { ...person, password: 'a wholly new password' });
});
