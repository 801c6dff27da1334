import { expect, test } from '@playwright/test';
import { startServer, type TestServer } from '../../api-e2e/support/server.js';
import { sharedServer } from '../../api-e2e/support/shared-server.js';
import { chatRow, message, openChatWith, visit, type Visitor, write } from '../support/screens.js';

let strict: TestServer;
let anna: Visitor;
let stranger: Visitor;

test.beforeAll(async () => {
  strict = await startServer({ MESSAGE_REQUESTS: 'on', LOGIN_VERIFICATION: 'off' });
});

test.afterEach(async () => {
  await anna.page.context().close();
  await stranger.page.context().close();
});

test.afterAll(() => strict.destroy());

test('blocks a stranger who then sees nothing, and lets them back in', async ({ browser }) => {
  anna = await visit(browser, sharedServer(), 'Anna');
  stranger = await visit(browser, sharedServer(), 'Stranger');
  await openChatWith(stranger, anna);
  await write(stranger.page, 'Hello?');
  await chatRow(anna.page, stranger.displayName).click();
  await expect(message(stranger.page, 'Hello?')).toContainText('Read');
  await expect(stranger.page.getByText('Online', { exact: true })).toBeVisible();

  await anna.page.getByRole('button', { name: 'Chat menu' }).click();
  await anna.page.getByRole('menuitem', { name: 'Block' }).click();
  await anna.page.getByRole('alertdialog').getByRole('button', { name: 'Block' }).click();
  await expect(anna.page.getByRole('region', { name: 'Blocked' })).toContainText(`You blocked ${stranger.displayName}`);
  await expect(message(anna.page, 'Hello?')).toBeVisible();
  await expect(anna.page.getByLabel('Message', { exact: true })).toBeHidden();

  // For the stranger she is not there, nothing arrives, and a search does not find her.
  await expect(stranger.page.getByText('Offline', { exact: true })).toBeVisible();
  await write(stranger.page, 'Are you ignoring me?');
  await expect(message(stranger.page, 'Are you ignoring me?')).toContainText('You can’t write to this person');
  await stranger.page.getByLabel('Search chats and people').fill(anna.username);
  await expect(stranger.page.getByText('Nothing found for')).toBeVisible();
  await expect(message(anna.page, 'Are you ignoring me?')).toHaveCount(0);

  await anna.page.goto('/settings/privacy');
  const unblock = anna.page.getByRole('button', { name: `Unblock ${stranger.displayName}` });
  await unblock.click();
  await expect(anna.page.getByText('You have blocked nobody')).toBeVisible();
  await stranger.page.getByLabel('Search chats and people').fill('');
  await write(stranger.page, 'Thank you');
  await expect(chatRow(anna.page, stranger.displayName)).toContainText('Thank you');
});

test('what strangers write waits in a place of its own until it is accepted or declined', async ({ browser }) => {
  anna = await visit(browser, strict, 'Anna');
  stranger = await visit(browser, strict, 'Stranger');
  await openChatWith(stranger, anna);
  await write(stranger.page, 'You do not know me');
  const requests = anna.page.getByRole('link', { name: 'Requests (1)' });
  await expect(requests).toBeVisible();
  // It is not counted as something that waits.
  await expect(anna.page).not.toHaveTitle(/^\(1\) /u);
  await expect(chatRow(anna.page, stranger.displayName)).toHaveCount(0);
  await requests.click();
  await chatRow(anna.page, stranger.displayName).click();
  const bar = anna.page.getByRole('region', { name: 'Message request' });
  await expect(bar).toContainText('wants to write to you');
  await expect(message(anna.page, 'You do not know me')).toBeVisible();
  await expect(message(stranger.page, 'You do not know me')).toContainText('Sent');
  for (const text of ['2', '3', 'one too many']) await write(stranger.page, text);
  await expect(message(stranger.page, 'one too many')).toContainText('They have yet to accept your messages');
  await expect(stranger.page.getByText('Online', { exact: true })).toBeHidden();

  await bar.getByRole('button', { name: 'Accept' }).click();
  await expect(bar).toBeHidden();
  await message(stranger.page, 'one too many').getByRole('button', { name: 'Retry' }).click();
  await expect(message(stranger.page, 'one too many')).toContainText('Read');
  await expect(stranger.page.getByText('Online', { exact: true })).toBeVisible();
  await anna.page.getByRole('link', { name: 'All', exact: true }).click();
  await expect(chatRow(anna.page, stranger.displayName)).toBeVisible();
});

test('a request that is declined is gone, and who asked is not told', async ({ browser }) => {
  anna = await visit(browser, strict, 'Anna');
  stranger = await visit(browser, strict, 'Stranger');
  await openChatWith(stranger, anna);
  await write(stranger.page, 'Buy now');
  await anna.page.getByRole('link', { name: 'Requests (1)' }).click();
  await chatRow(anna.page, stranger.displayName).click();
  await anna.page.getByRole('button', { name: 'Decline' }).click();
  await expect(anna.page.getByText('No chats yet')).toBeVisible();
  await expect(message(stranger.page, 'Buy now')).toContainText('Sent');
  await write(stranger.page, 'Hello?');
  await expect(message(stranger.page, 'Hello?')).toContainText('Sent');
  await expect(anna.page.getByText('No chats yet')).toBeVisible();
});
