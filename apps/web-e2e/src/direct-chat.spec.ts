import { expect, test } from '@playwright/test';
import { closeClients, openClient, seen } from '../../api-e2e/support/clients.js';
import { sharedServer } from '../../api-e2e/support/shared-server.js';
import { chatRow, message, openChatWith, visit, type Visitor, write } from '../support/screens.js';

/** What "at once" means to somebody who waits for an answer. */
const AT_ONCE = { timeout: 1_000 };

let anna: Visitor;
let ben: Visitor;

test.beforeEach(async ({ browser }) => {
  anna = await visit(browser, sharedServer(), 'Anna');
  ben = await visit(browser, sharedServer(), 'Ben');
});

test.afterEach(async () => {
  closeClients();
  await anna.page.context().close();
  await ben.page.context().close();
});

test('what one writes the other sees at once, and reading it turns the ticks', async () => {
  await openChatWith(anna, ben);
  await write(anna.page, 'Are you there?');
  await expect(chatRow(ben.page, anna.displayName)).toContainText('Are you there?', AT_ONCE);
  await expect(chatRow(ben.page, anna.displayName)).toContainText('1 unread');
  await expect(ben.page).toHaveTitle(/^\(1\) /u);
  await expect(message(anna.page, 'Are you there?')).toContainText('Delivered');

  await chatRow(ben.page, anna.displayName).click();
  await expect(message(ben.page, 'Are you there?')).toBeVisible();
  await expect(message(anna.page, 'Are you there?')).toContainText('Read');
  await expect(ben.page).not.toHaveTitle(/^\(1\) /u);

  await write(ben.page, 'Yes, here');
  await expect(message(anna.page, 'Yes, here')).toBeVisible(AT_ONCE);
});

test('typing and presence show, in the chat and in the list', async () => {
  await openChatWith(anna, ben);
  await write(anna.page, 'Hello');
  await chatRow(ben.page, anna.displayName).click();
  await expect(ben.page.getByText('Online', { exact: true })).toBeVisible();
  await ben.page.getByLabel('Message', { exact: true }).pressSequentially('thinking');
  await expect(chatRow(anna.page, ben.displayName)).toContainText('typing…');
  await ben.page.context().close();
  await expect(anna.page.getByText(/Last seen|Offline/u)).toBeVisible();
});

test('an empty chat stays out of the list of whom it was opened with', async () => {
  await openChatWith(anna, ben);
  await expect(ben.page.getByText('No chats yet')).toBeVisible();
});

test('a message is edited with the up key and unsent from its menu, for both', async () => {
  await openChatWith(anna, ben);
  await write(anna.page, 'See you at tree');
  await expect(message(anna.page, 'See you at tree')).toContainText(/Sent|Delivered/u);
  await chatRow(ben.page, anna.displayName).click();
  await anna.page.getByLabel('Message', { exact: true }).press('ArrowUp');
  await expect(anna.page.getByLabel('Message', { exact: true })).toHaveValue('See you at tree');
  await write(anna.page, 'See you at three');
  await expect(message(ben.page, 'See you at three')).toContainText('edited');

  await message(anna.page, 'See you at three').hover();
  await message(anna.page, 'See you at three').getByRole('button', { name: 'More' }).click();
  await anna.page.getByRole('menuitem', { name: 'Unsend' }).click();
  await anna.page.getByRole('alertdialog').getByRole('button', { name: 'Unsend' }).click();
  await expect(message(ben.page, 'Message unsent')).toBeVisible();
  await expect(message(ben.page, 'See you at three')).toHaveCount(0);
});

test('an answer quotes the message it answers', async () => {
  await openChatWith(anna, ben);
  await write(anna.page, 'Tea or coffee?');
  await chatRow(ben.page, anna.displayName).click();
  await message(ben.page, 'Tea or coffee?').hover();
  await message(ben.page, 'Tea or coffee?').getByRole('button', { name: 'Reply' }).click();
  await write(ben.page, 'Tea, please');
  await expect(message(anna.page, 'Tea, please')).toContainText('Tea or coffee?');
});

test('what somebody writes is text, its links open safely, and control characters are left out', async () => {
  await openChatWith(anna, ben);
  await write(anna.page, '<b>bold</b> https://example.org/a?b=c. javascript:alert(1)\u0007');
  await chatRow(ben.page, anna.displayName).click();
  const row = message(ben.page, '<b>bold</b>');
  await expect(row).toContainText('javascript:alert(1)');
  await expect(row.locator('b')).toHaveCount(0);
  await expect(row.getByRole('link')).toHaveCount(1);
  await expect(row.getByRole('link')).toHaveAttribute('href', 'https://example.org/a?b=c');
  await expect(row.getByRole('link')).toHaveAttribute('rel', /noopener/u);
});

test('Shift+Enter breaks the line, and a text that is too long is not sent', async () => {
  await openChatWith(anna, ben);
  const field = anna.page.getByLabel('Message', { exact: true });
  await field.fill('one');
  await field.press('Shift+Enter');
  await field.pressSequentially('two');
  await field.press('Enter');
  await expect(chatRow(anna.page, ben.displayName)).toContainText('one two');
  await field.fill('x'.repeat(10_001));
  await expect(anna.page.getByText('1 character too many')).toBeVisible();
  await expect(anna.page.getByRole('button', { name: 'Send' })).toBeDisabled();
});

test('history comes while scrolling up, and what one reads stays where it is', async () => {
  const sender = await openClient(sharedServer(), ben);
  const chat = await sender.openDirect(anna.id);
  for (let index = 1; index <= 160; index++) sender.send(chat.id, `line ${String(index).padStart(3, '0')}`);
  await seen(sender, chat.id, 'line 160');

  await chatRow(anna.page, ben.displayName).click();
  await expect(anna.page.getByText('New', { exact: true })).toBeAttached();
  const region = anna.page.getByRole('region', { name: 'Messages' });
  // Read to the end, then go back to the very first one: each page that arrives above must not move what is in sight.
  await anna.page.getByRole('button', { name: /newest/u }).click();
  await expect(message(anna.page, 'line 160')).toBeInViewport();
  await expect(async () => {
    await region.evaluate((element) => (element.scrollTop = Math.max(0, element.scrollTop - 1_500)));
    await expect(message(anna.page, 'line 001')).toBeInViewport({ timeout: 100 });
  }).toPass();

  const before = await message(anna.page, 'line 001').boundingBox();
  sender.send(chat.id, 'one more');
  await expect(anna.page.getByRole('button', { name: '1 new messages, go to the newest' })).toBeVisible();
  expect((await message(anna.page, 'line 001').boundingBox())?.y).toBe(before?.y);
  await anna.page.getByRole('button', { name: /newest/u }).click();
  await expect(message(anna.page, 'one more')).toBeInViewport();
});
