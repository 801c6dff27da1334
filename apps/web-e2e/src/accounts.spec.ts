import { expect, test } from '@playwright/test';
import { mailedCode, newRegistration, registerPerson } from '../../api-e2e/support/people.js';
import { sharedServer } from '../../api-e2e/support/shared-server.js';
import { signIn } from '../support/screens.js';

test('somebody registers, confirms the address with the mailed code, and is in', async ({ page }) => {
  const server = sharedServer();
  const person = newRegistration();
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Your name').fill(person.displayName);
  await page.getByLabel('Username').fill(person.username);
  await page.getByLabel('E-mail', { exact: true }).fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();

  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();
  const code = await mailedCode(server, person.email);
  const wrong = code === '000000' ? '111111' : '000000';
  await page.getByLabel('Six-digit code').pressSequentially(wrong);
  await expect(page.getByText('That code is wrong or has expired')).toBeVisible();
  await page.getByLabel('Six-digit code').pressSequentially(code);

  await expect(page.getByText('No chats yet')).toBeVisible();
  await expect(page).toHaveTitle(/Chats/u);
});

test('a pasted sentence with the code in it fills the six boxes', async ({ page }) => {
  await page.goto('/verify?email=somebody@example.test');
  await page.getByLabel('Six-digit code').fill('Your code: 12 34 5');
  await expect(page.getByLabel('Six-digit code')).toHaveValue('12345');
});

test('mistakes in the form are named beside their fields', async ({ page }) => {
  await page.goto('/register');
  await page.getByLabel('Username').fill('a b');
  await page.getByLabel('E-mail', { exact: true }).fill('nowhere');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Enter the name others will see.')).toBeVisible();
  await expect(page.getByText('Use letters a–z')).toBeVisible();
  await expect(page.getByText('This does not look like an e-mail address.')).toBeVisible();
  // The meter below says the same while typing.
  await expect(page.locator('#password-note')).toHaveText('Use at least 8 characters.');
});

test('a taken username and a wrong password are said in words', async ({ page }) => {
  const taken = await registerPerson(sharedServer());
  const person = newRegistration();
  await page.goto('/register');
  await page.getByLabel('Your name').fill(person.displayName);
  await page.getByLabel('Username').fill(taken.username);
  await page.getByLabel('E-mail', { exact: true }).fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Somebody has this username already. Try another.')).toBeVisible();

  await page.goto('/login');
  await page.getByLabel('E-mail or username').fill(taken.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('That name and password do not belong together.')).toBeVisible();
});

test('somebody signs in with the keyboard alone', async ({ page }) => {
  const server = sharedServer();
  const person = await registerPerson(server);
  await page.goto('/login');
  await expect(page.getByLabel('E-mail or username')).toBeFocused();
  await page.keyboard.type(person.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(person.password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('No chats yet')).toBeVisible();
});

test('a forgotten password is replaced with a mailed code', async ({ page }) => {
  const server = sharedServer();
  const person = await registerPerson(server);
  const before = await mailedCode(server, person.email);
  await page.goto('/login');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail', { exact: true }).fill(person.email);
  await page.getByRole('button', { name: 'Send the code' }).click();
  await page.getByLabel('Six-digit code').fill(await mailedCode(server, person.email, before));
  const password = 'another horse, another staple';
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Change password' }).click();

  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await signIn(page, server, { ...person, password });
});

test('a reload keeps the session, and signing out ends it', async ({ page }) => {
  const server = sharedServer();
  const person = await registerPerson(server);
  await signIn(page, server, person);
  await page.reload();
  await expect(page.getByText('No chats yet')).toBeVisible();
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(stored).not.toMatch(/token/iu);

  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login$/u);
  await page.goto('/chats');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('ending a session in the settings signs that browser out', async ({ browser, page }) => {
  const server = sharedServer();
  const person = await registerPerson(server);
  await signIn(page, server, person);
  const other = await (
    await browser.newContext({ userAgent: 'Mozilla/5.0 (iPhone) Version/18.0 Safari/605.1.15' })
  ).newPage();
  await signIn(other, server, person);

  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'End session: Safari on iPhone' }).click();
  await expect(other.getByText('This session was ended from another device.')).toBeVisible();
  await other.context().close();
});

test('an address of nothing says so', async ({ page }) => {
  await page.goto('/nowhere/at/all');
  await expect(page.getByText('There is nothing at this address')).toBeVisible();
});

test('the page of administrators is closed to everybody else', async ({ page }) => {
  const server = sharedServer();
  await signIn(page, server, await registerPerson(server));
  await page.goto('/people');
  await expect(page).toHaveURL(/\/chats$/u);
});
