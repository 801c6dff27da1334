import { expect, test } from '@playwright/test';
import { codeFor } from '../../api-e2e/support/contact-changes.js';
import { newRegistration, registerPerson } from '../../api-e2e/support/people.js';
import { sharedServer } from '../../api-e2e/support/shared-server.js';
import { signIn } from '../support/screens.js';

test('somebody changes the e-mail address with the codes of both mailboxes', async ({ page }) => {
  const server = sharedServer();
  const person = await registerPerson(server);
  const wanted = newRegistration().email;
  await signIn(page, server, person);
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Change e-mail' }).click();
  await page.getByLabel('New e-mail').fill(wanted);
  await page.getByLabel('Your password', { exact: true }).fill('not my password');
  await page.getByRole('button', { name: 'Send the codes' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();

  await page.getByLabel('Your password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Send the codes' }).click();
  const word = 'new e-mail address';
  const present = page.getByLabel('Code from the present address');
  await present.fill(await codeFor(server, person.email, word));
  await page.getByLabel('Code from the new address').fill(await codeFor(server, wanted, word));
  await page.getByRole('button', { name: 'Change e-mail', exact: true }).click();
  await expect(page.getByText('Your e-mail address is changed.')).toBeVisible();
  await expect(page.getByText(wanted).first()).toBeVisible();
  await expect(page.getByText(person.email)).toHaveCount(0);
});

test('somebody confirms a phone number with a texted code, and takes it away again', async ({ page }) => {
  const server = sharedServer();
  const person = await registerPerson(server);
  const phone = `+4930${String(Date.now()).slice(-8)}`;
  await signIn(page, server, person);
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Add phone number' }).click();
  await page.getByLabel('Phone number', { exact: true }).fill(phone);
  await page.getByLabel('Your password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Text the code' }).click();
  await expect(page.getByLabel('Six-digit code')).toBeVisible();
  await page.getByLabel('Six-digit code').fill(await codeFor(server, phone, 'confirm this number'));
  await page.getByRole('button', { name: 'Confirm number' }).click();
  await expect(page.getByText('Confirmed', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Change phone number' }).click();
  await page.getByLabel('Your password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Remove number' }).click();
  await expect(page.getByText('No phone number')).toBeVisible();
});

test('the language of the settings is that of the next mail, which the preview shows', async ({ page }) => {
  const server = sharedServer();
  const person = await registerPerson(server);
  await signIn(page, server, person);
  await page.goto('/settings/security');
  await page.getByLabel('Language').selectOption('Deutsch');
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Language')).toHaveValue('de');

  await page.goto('/dev/mail');
  await page.getByLabel('Mail', { exact: true }).selectOption('passwordReset');
  await page.getByLabel('Language').selectOption('de');
  await expect(page.getByRole('heading', { name: 'Wähle ein neues Passwort' })).toBeVisible();
  await expect(
    page.frameLocator('iframe').getByRole('paragraph').filter({ hasText: 'mit diesem Code kannst du' }),
  ).toBeVisible();
  await expect(page.getByLabel('Text', { exact: true })).toContainText('Hallo Zoë Lindqvist,');
  await page.getByRole('button', { name: new RegExp(`${person.email}.*Confirm`, 'u') }).click();
  await expect(page.getByRole('heading', { name: 'Confirm your e-mail address' })).toBeVisible();
});
