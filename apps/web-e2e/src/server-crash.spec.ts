import { expect, test } from '@playwright/test';
import { startServer, type TestServer } from '../../api-e2e/support/server.js';
import { chatRow, message, openChatWith, visit, write } from '../support/screens.js';

let server: TestServer;

test.beforeAll(async () => {
  server = await startServer({ LOGIN_VERIFICATION: 'off' });
});

test.afterAll(() => server.destroy());

test('the server is killed and comes back: both go on by themselves, and nothing is lost or doubled', async ({
  browser,
}) => {
  const anna = await visit(browser, server, 'Anna');
  const ben = await visit(browser, server, 'Ben');
  await openChatWith(anna, ben);
  await write(anna.page, 'before the crash');
  await chatRow(ben.page, anna.displayName).click();
  await expect(message(ben.page, 'before the crash')).toBeVisible();

  await server.kill9();
  await expect(anna.page.getByText('Offline')).toBeVisible();
  for (let index = 1; index <= 5; index++) await write(anna.page, `meanwhile ${index}`);
  await expect(anna.page.getByText('5 messages waiting')).toBeVisible();
  await write(ben.page, 'from the other side');
  await server.restart();

  for (let index = 1; index <= 5; index++)
    await expect(message(ben.page, `meanwhile ${index}`)).toHaveCount(1, { timeout: 30_000 });
  await expect(message(anna.page, 'from the other side')).toHaveCount(1);
  await expect(message(anna.page, 'meanwhile 5')).toContainText('Read');
  await expect(anna.page.getByText('messages waiting')).toHaveCount(0);

  // The page as a fresh one shows the same.
  await ben.page.reload();
  await expect(message(ben.page, 'meanwhile 5')).toBeVisible();
  await expect(message(ben.page, 'meanwhile')).toHaveCount(5);
  await anna.page.context().close();
  await ben.page.context().close();
});

test('a page opened while the server is away goes on when it is back', async ({ browser }) => {
  const anna = await visit(browser, server, 'Anna');
  await expect(anna.page.getByText('No chats yet')).toBeVisible();
  await anna.page.route('**/api/**', (route) => route.abort());
  // The page itself comes from the browser; only the server's answers are missing.
  await anna.page.reload();
  await expect(anna.page.getByText('The server cannot be reached')).toBeVisible();
  await anna.page.unroute('**/api/**');
  await anna.page.getByRole('button', { name: 'Try now' }).click();
  await expect(anna.page.getByText('No chats yet')).toBeVisible();
  await anna.page.context().close();
});
