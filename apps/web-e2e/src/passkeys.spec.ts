import { expect, type Locator, type Page, test } from '@playwright/test';
import getPort from 'get-port';
import { mailedCode, mailsTo, type Person, registerPerson } from '../../api-e2e/support/people.js';
import { startServer, type TestServer } from '../../api-e2e/support/server.js';

let server: TestServer;
/** Browsers keep passkeys for names only. */
let url: string;

test.beforeAll(async () => {
  const port = String(await getPort());
  url = `http://localhost:${port}`;
  server = await startServer({ PORT: port, PUBLIC_URL: url });
});
test.afterAll(() => server.destroy());

interface Authenticator {
  /** Whether somebody is there who shows a finger as soon as they are asked. At first there is. */
  present(yes: boolean): Promise<void>;
  passkeys(): Promise<number>;
}

/** An authenticator in the machine, as that of a laptop with a fingerprint reader. */
async function giveAuthenticator(page: Page): Promise<Authenticator> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    present: (enabled) =>
      cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }).then(() => undefined),
    passkeys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}

/** The first step: name and password. */
async function enterPassword(page: Page, person: Person): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('E-mail or username').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signInByMail(page: Page, person: Person): Promise<void> {
  const before = await mailedCode(server, person.email);
  await enterPassword(page, person);
  await page.getByLabel('Six-digit code').fill(await mailedCode(server, person.email, before));
  await expect(page.getByText('No chats yet')).toBeVisible();
}

async function addPasskey(page: Page, { password }: Person): Promise<void> {
  await page.goto(`${url}/settings/security`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(/Chrom/u);
  await page.getByLabel('Name', { exact: true }).fill('My laptop');
  await page.getByLabel('Your password').fill(password);
  await page.getByRole('button', { name: 'Create passkey' }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.goto(`${url}/chats`);
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login$/u);
}

/** Presses the button before the authenticator answers: the offer in the field of the name would be answered instead. */
async function signInWithPasskey(page: Page, laptop: Authenticator): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await laptop.present(true);
}

const loginCodes = async ({ email }: Person): Promise<unknown[]> =>
  (await mailsTo(server, email)).filter(({ subject }) => subject === 'Your code to log in');

const list = (page: Page): Locator => page.getByRole('list', { name: 'Passkeys' });

test('somebody adds a passkey, signs in with it alone, renames and removes it', async ({ page }) => {
  const person = await registerPerson(server);
  const laptop = await giveAuthenticator(page);
  await laptop.present(false);
  await signInByMail(page, person);

  await page.goto(`${url}/settings/security`);
  await expect(list(page).getByText('without a password')).toBeVisible();
  await laptop.present(true);
  await addPasskey(page, person);
  await expect(list(page).getByText('My laptop')).toBeVisible();
  await expect(list(page).getByText('not used yet')).toBeVisible();
  expect(await laptop.passkeys()).toBe(1);

  await addPasskey(page, person);
  await expect(page.getByText('This device already has a passkey for your account.')).toBeVisible();

  await laptop.present(false);
  await signOut(page);
  await signInWithPasskey(page, laptop);
  await expect(page.getByText('No chats yet')).toBeVisible();

  await page.goto(`${url}/settings/security`);
  await page.getByRole('button', { name: 'Rename My laptop' }).click();
  await page.getByLabel('Name of the passkey').fill('Old laptop');
  await page.keyboard.press('Enter');
  await expect(list(page).getByText(/used (just now|\d)/u)).toBeVisible();
  await page.getByRole('button', { name: 'Remove Old laptop' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(list(page).getByText('without a password')).toBeVisible();

  await laptop.present(false);
  await signOut(page);
  await signInWithPasskey(page, laptop);
  await expect(page.getByText('This passkey was not accepted')).toBeVisible();
  await expect(page).toHaveURL(/\/login$/u);
});

test('the browser offers the passkey where the name is typed', async ({ page }) => {
  const person = await registerPerson(server);
  const laptop = await giveAuthenticator(page);
  await laptop.present(false);
  await signInByMail(page, person);
  await laptop.present(true);
  await addPasskey(page, person);
  await expect(list(page).getByText('My laptop')).toBeVisible();
  // The authenticator answers the offer at once, as somebody does who picks it.
  await signOut(page).catch(() => undefined);
  await expect(page.getByText('No chats yet')).toBeVisible();
});

test('a passkey is the second step after the password', async ({ page, browser }) => {
  const person = await registerPerson(server);
  const laptop = await giveAuthenticator(page);
  await laptop.present(false);
  await signInByMail(page, person);
  await laptop.present(true);
  await addPasskey(page, person);
  await expect(list(page).getByText('My laptop')).toBeVisible();
  await laptop.present(false);

  // As if the browser were new: it keeps its authenticator and loses its cookies.
  await page.context().clearCookies();
  await enterPassword(page, person);
  await expect(page.getByRole('heading', { name: 'Use your passkey' })).toBeVisible();
  await laptop.present(true);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('No chats yet')).toBeVisible();

  // Another one, which has no passkey, gets a code.
  const other = await (await browser.newContext()).newPage();
  await enterPassword(other, person);
  const earlier = await loginCodes(person);
  await other.getByRole('button', { name: 'Get a code by e-mail' }).click();
  await expect.poll(async () => (await loginCodes(person)).length).toBe(earlier.length + 1);
  await other.getByLabel('Six-digit code').fill(await mailedCode(server, person.email));
  await expect(other.getByText('No chats yet')).toBeVisible();
  await other.context().close();
});

test('where the server has no host name the settings say so, and nobody is offered a passkey', async ({ page }) => {
  const bare = await startServer({ LOGIN_VERIFICATION: 'off' });
  try {
    const person = await registerPerson(bare);
    await page.goto(`${bare.url}/login`);
    await page.getByLabel('E-mail or username').fill(person.email);
    await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeHidden();
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByText('No chats yet')).toBeVisible();
    await page.goto(`${bare.url}/settings/security`);
    await expect(page.getByText('passkeys need a host name')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add a passkey' })).toBeHidden();
  } finally {
    await bare.destroy();
  }
});
