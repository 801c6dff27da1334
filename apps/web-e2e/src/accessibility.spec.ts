import { expect, test } from '@playwright/test';
import { closeClients, openClient, seen } from '../../api-e2e/support/clients.js';
import { registerPerson } from '../../api-e2e/support/people.js';
import { appCode } from '../../api-e2e/support/second-step.js';
import { sharedServer } from '../../api-e2e/support/shared-server.js';
import { expectAccessible } from '../support/accessible.js';
import { chatRow, message, signIn } from '../support/screens.js';

test.afterEach(() => closeClients());

for (const colorScheme of ['light', 'dark'] as const) {
  test(`screens before sign-in pass the checks, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const path of [
      '/login',
      '/register',
      '/verify?email=a@example.test',
      '/forgot-password',
      '/reset-password?email=a@example.test',
      '/nowhere',
    ]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectAccessible(page);
    }
    await page.goto('/register');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('Enter the name others will see.').waitFor();
    await expectAccessible(page);
  });

  test(`setting up an app and signing in with it pass the checks, ${colorScheme}`, async ({ page }) => {
    const server = sharedServer();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const person = await registerPerson(server);
    await signIn(page, server, person);
    await page.goto('/settings/security');
    await page.getByRole('button', { name: 'Set up' }).click();
    const secret = await page.getByLabel('Key for your authenticator app').innerText();
    await expectAccessible(page);
    await page.getByLabel('Six-digit code').fill(appCode(secret.replaceAll(' ', '')));
    await page.getByRole('button', { name: 'I have kept them' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('button', { name: 'New recovery codes' }).click();
    await expect(page.getByLabel('Your password')).toBeFocused();
    await expectAccessible(page);

    await page.context().clearCookies();
    await page.goto('/login');
    await page.getByLabel('E-mail or username').fill(person.username);
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Two-step verification' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await expect(page.getByLabel('Recovery code')).toBeFocused();
    await expectAccessible(page);
  });

  test(`chats, groups, settings and dialogs pass the checks, ${colorScheme}`, async ({ page }) => {
    const server = sharedServer();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const anna = await registerPerson(server, { displayName: 'Anna Å' });
    const layla = await registerPerson(server, { displayName: 'ليلى المنصوري' });
    const sender = await openClient(server, layla);
    const direct = await sender.openDirect(anna.id);
    sender.send(direct.id, 'مرحبا https://example.org 👋');
    await seen(sender, direct.id, 'مرحبا https://example.org 👋');
    const group = await sender.createGroup('Picnic', [anna.id]);
    sender.send(group.id, 'Saturday?');
    await seen(sender, group.id, 'Saturday?');

    await signIn(page, server, anna);
    await expect(chatRow(page, 'Picnic')).toBeVisible();
    await expectAccessible(page);
    await chatRow(page, 'Picnic').click();
    await expect(message(page, 'Saturday?')).toBeVisible();
    await page.getByLabel('Message', { exact: true }).fill('Yes');
    await page.getByLabel('Message', { exact: true }).press('Enter');
    await expect(message(page, 'Yes')).toContainText(/Sent|Delivered|Read/u);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Details' }).first().click();
    await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'New chat' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'New group' }).click();
    await expect(page.getByLabel('Name', { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.goto('/settings/security');
    await expect(page.getByText('This device')).toBeVisible();
    await expectAccessible(page);
  });
}

test('a message can be reached and answered with the keyboard alone', async ({ page }) => {
  const server = sharedServer();
  const anna = await registerPerson(server, { displayName: 'Anna' });
  const ben = await registerPerson(server, { displayName: 'Ben' });
  const sender = await openClient(server, ben);
  const { id } = await sender.openDirect(anna.id);
  sender.send(id, 'first');
  sender.send(id, 'second');
  await seen(sender, id, 'second');
  await signIn(page, server, anna);
  await chatRow(page, 'Ben').press('Enter');
  await expect(page.getByLabel('Message', { exact: true })).toBeFocused();
  await page.getByRole('region', { name: 'Messages' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(message(page, 'second')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(message(page, 'first')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Reply' }).press('Enter');
  await expect(page.getByText('Reply to Ben')).toBeVisible();
  await expect(page.getByLabel('Message', { exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Reply to Ben')).toHaveCount(0);
});

test('the list is made wider with the keyboard, and stays so', async ({ page }) => {
  const server = sharedServer();
  await signIn(page, server, await registerPerson(server));
  const edge = page.getByRole('separator', { name: 'Width of the chat list' });
  const width = async (): Promise<number> => (await edge.boundingBox())?.x ?? 0;
  const before = await width();
  await edge.press('ArrowRight');
  await edge.press('ArrowRight');
  expect(await width()).toBe(before + 20);
  await page.reload();
  await expect(edge).toBeVisible();
  expect(await width()).toBe(before + 20);
});
