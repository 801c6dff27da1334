import { expect, test } from '@playwright/test';
import { sharedServer } from '../../api-e2e/support/shared-server.js';
import { chatRow, message, visit, type Visitor, write } from '../support/screens.js';

let people: Visitor[] = [];

test.afterEach(async () => {
  for (const { page } of people) await page.context().close();
  people = [];
});

async function groupOfThree(browser: Parameters<typeof visit>[0]): Promise<[Visitor, Visitor, Visitor]> {
  const anna = await visit(browser, sharedServer(), 'Anna');
  const ben = await visit(browser, sharedServer(), 'Ben');
  const cleo = await visit(browser, sharedServer(), 'Cleo');
  people = [anna, ben, cleo];
  const { page } = anna;
  await page.getByRole('button', { name: 'New chat' }).click();
  await page.getByRole('button', { name: 'New group' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Picnic');
  for (const other of [ben, cleo]) {
    await dialog.getByLabel('Search people').fill(other.username);
    await dialog.getByRole('checkbox', { name: other.displayName }).click();
  }
  await dialog.getByRole('button', { name: 'Create group with 2' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Picnic' })).toBeVisible();
  return [anna, ben, cleo];
}

test('three people talk in a group, and reading turns the ticks when all have read', async ({ browser }) => {
  const [anna, ben, cleo] = await groupOfThree(browser);
  await write(anna.page, 'Saturday?');
  for (const other of [ben, cleo])
    await expect(chatRow(other.page, 'Picnic')).toContainText('Anna: Saturday?', { timeout: 1_000 });

  await chatRow(ben.page, 'Picnic').click();
  await expect(message(ben.page, 'Saturday?')).toContainText(anna.displayName);
  await write(ben.page, 'Good for me');
  await expect(message(anna.page, 'Good for me')).toContainText(ben.displayName);
  await expect(message(anna.page, 'Saturday?')).not.toContainText('Read');

  await chatRow(cleo.page, 'Picnic').click();
  await expect(message(cleo.page, 'Good for me')).toBeVisible();
  await expect(message(anna.page, 'Saturday?')).toContainText('Read');
});

test('a group is renamed, somebody is removed, somebody leaves, and everybody sees it', async ({ browser }) => {
  const [anna, ben, cleo] = await groupOfThree(browser);
  await chatRow(cleo.page, 'Picnic').click();
  await anna.page.getByRole('link', { name: 'Details' }).first().click();
  const details = anna.page.getByRole('complementary', { name: 'Details' });
  await details.getByRole('button', { name: 'Rename' }).click();
  await details.getByLabel('Name of the group').fill('Picnic by the lake');
  await details.getByRole('button', { name: 'Save' }).click();
  await expect(cleo.page.getByRole('heading', { level: 1, name: 'Picnic by the lake' })).toBeVisible();
  await expect(message(cleo.page, 'renamed the group to “Picnic by the lake”')).toBeVisible();

  await details.getByRole('button', { name: `More about ${ben.displayName}` }).click();
  await anna.page.getByRole('menuitem', { name: 'Remove' }).click();
  await anna.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(chatRow(ben.page, 'Picnic by the lake')).toHaveCount(0);

  await cleo.page.getByRole('link', { name: 'Details' }).first().click();
  await cleo.page.getByRole('button', { name: 'Leave group' }).click();
  await cleo.page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click();
  await expect(cleo.page).toHaveURL(/\/chats$/u);
  await expect(message(anna.page, `${cleo.displayName} left`)).toBeVisible();
  await expect(details.getByText('1 member')).toBeVisible();
});
