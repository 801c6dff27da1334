import { expect, test } from '@playwright/test';
import { closeClients, openClient, seen } from '../../api-e2e/support/clients.js';
import { registerPerson } from '../../api-e2e/support/people.js';
import { sharedServer } from '../../api-e2e/support/shared-server.js';
import { chatRow, message, signIn } from '../support/screens.js';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test.afterEach(() => closeClients());

test('on a phone one panel shows at a time, and back leads back', async ({ page }) => {
  const server = sharedServer();
  const anna = await registerPerson(server, { displayName: 'Anna' });
  const ben = await registerPerson(server, { displayName: 'Ben' });
  const sender = await openClient(server, ben);
  const chat = await sender.createGroup('Picnic', [anna.id]);
  sender.send(chat.id, 'Saturday?');
  await seen(sender, chat.id, 'Saturday?');

  await signIn(page, server, anna);
  await chatRow(page, 'Picnic').tap();
  await expect(message(page, 'Saturday?')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Chats' })).toBeHidden();
  await page.getByRole('link', { name: 'Details' }).first().tap();
  await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('complementary', { name: 'Details' })).toBeHidden();
  await page.getByRole('link', { name: 'Back to chats' }).tap();
  await expect(chatRow(page, 'Picnic')).toBeVisible();

  await page.getByRole('link', { name: 'You', exact: true }).tap();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'Search', exact: true }).tap();
  await expect(page.getByLabel('Search chats and people')).toBeFocused();
});

test('nothing is wider than the smallest phone', async ({ page }) => {
  const server = sharedServer();
  const anna = await registerPerson(server, { displayName: 'Anna' });
  const ben = await registerPerson(server, { displayName: `Ben${'e'.repeat(76)}` });
  const sender = await openClient(server, ben);
  const chat = await sender.openDirect(anna.id);
  sender.send(chat.id, 'w'.repeat(300));
  await seen(sender, chat.id, 'w'.repeat(300));

  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(page, server, anna);
  for (const path of ['/chats', `/chats/${chat.id}`, `/chats/${chat.id}/details`, '/settings']) {
    await page.goto(path);
    await expect(
      page
        .getByText(/Ben|Settings/u)
        .filter({ visible: true })
        .first(),
    ).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  }
});

test('a finger resting on a message opens its menu, and lifting it leaves the menu open', async ({ page, context }) => {
  const server = sharedServer();
  const anna = await registerPerson(server, { displayName: 'Anna' });
  const ben = await registerPerson(server, { displayName: 'Ben' });
  const sender = await openClient(server, ben);
  const chat = await sender.openDirect(anna.id);
  sender.send(chat.id, 'Tea or coffee?');
  await seen(sender, chat.id, 'Tea or coffee?');
  await signIn(page, server, anna);
  await chatRow(page, 'Ben').tap();
  await expect(message(page, 'Tea or coffee?')).toBeVisible();
  const text = await message(page, 'Tea or coffee?').getByText('Tea or coffee?').boundingBox();
  const devtools = await context.newCDPSession(page);
  const touchPoints = [{ x: (text?.x ?? 0) + 5, y: (text?.y ?? 0) + 5 }];
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await expect(page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible();
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.getByRole('menuitem', { name: 'Reply' }).tap();
  await expect(page.getByText('Reply to Ben')).toBeVisible();
});
