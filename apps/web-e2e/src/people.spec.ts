import { expect, test } from '@playwright/test';
import { newRegistration, registerPerson } from '../../api-e2e/support/people.js';
import { sharedServer } from '../../api-e2e/support/shared-server.js';
import { openChatWith, visit } from '../support/screens.js';

test('a username that is taken is said while typing, and a free one is a click away', async ({ page }) => {
  const taken = await registerPerson(sharedServer());
  await page.goto('/register');
  await page.getByLabel('Username').fill(taken.username);
  await expect(page.getByText('Somebody has this username, or one like it.')).toBeVisible();
  const suggestion = page.getByRole('button', { name: new RegExp(`^${taken.username}\\d+$`, 'u') }).first();
  const free = (await suggestion.textContent())?.trim() ?? '';
  await suggestion.click();
  await expect(page.getByLabel('Username')).toHaveValue(free);
  await expect(page.getByText(`Others find you as @${free}`)).toBeVisible();
});

test('somebody says how to speak of them, and hides from all but their contacts', async ({ browser }) => {
  const server = sharedServer();
  const ann = await visit(browser, server, 'Ann');
  const bob = await visit(browser, server, 'Bob');
  await openChatWith(bob, ann);
  await expect(bob.page.getByText('Online', { exact: true }).first()).toBeVisible();

  await ann.page.goto(`${server.url}/settings/profile`);
  await ann.page.getByLabel('Pronouns').fill('she/her');
  await ann.page.getByRole('button', { name: 'Save' }).click();
  await expect(ann.page.getByText('Saved.')).toBeVisible();
  await ann.page.getByRole('link', { name: 'Privacy' }).click();
  await ann.page.getByLabel('When you are online').selectOption('contacts');
  await ann.page.getByLabel('Your e-mail address').selectOption('contacts');
  await expect(bob.page.getByText('Offline', { exact: true }).first()).toBeVisible();

  await bob.page.getByRole('link', { name: 'Details' }).click();
  const card = bob.page.getByLabel('Details', { exact: true });
  await expect(card.getByText('she/her')).toBeVisible();
  await expect(card.getByText(ann.email)).toBeHidden();

  await ann.page.goto(`${server.url}/chats`);
  await openChatWith(ann, bob);
  await ann.page.getByRole('link', { name: 'Details' }).click();
  await ann.page.getByRole('button', { name: 'Add to contacts' }).click();
  await expect(ann.page.getByRole('button', { name: 'Remove from contacts' })).toBeVisible();
  await expect(bob.page.getByText('Online', { exact: true }).first()).toBeVisible();
  await bob.page.reload();
  await expect(card.getByText(ann.email)).toBeVisible();

  await ann.page.goto(`${server.url}/settings/privacy`);
  await ann.page.getByRole('list', { name: 'Contacts' }).getByText(bob.displayName).click();
  await expect(ann.page.getByRole('dialog').getByText(`@${bob.username}`)).toBeVisible();
});

test('somebody changes their username', async ({ browser }) => {
  const server = sharedServer();
  const person = await visit(browser, server, 'Cleo');
  const { username } = newRegistration();
  await person.page.goto(`${server.url}/settings/profile`);
  await person.page.getByLabel('Username').fill('admin');
  await person.page.getByRole('button', { name: 'Change' }).click();
  await expect(person.page.getByText('not a reserved one')).toBeVisible();
  await person.page.getByLabel('Username').fill(username);
  await person.page.getByRole('button', { name: 'Change' }).click();
  await expect(person.page.getByText(`@${username}`)).toBeVisible();
  await person.page.getByLabel('Username').fill(`${username}2`);
  await person.page.getByRole('button', { name: 'Change' }).click();
  await expect(person.page.getByText('can choose another one from')).toBeVisible();
});
