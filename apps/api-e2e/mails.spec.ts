import { codeFor, type Me, post, type Received, receivedBy } from './support/contact-changes.js';
import { databaseUrl } from './support/database.js';
import { ask, call } from './support/http.js';
import { mailedCode, newRegistration, registerPerson } from './support/people.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.destroy());

const SECRET = 'a secret of at least thirty-two characters';

async function newestMail(to: string): Promise<Received> {
  await mailedCode(server, to);
  const [mail] = await receivedBy(server, to);
  if (mail === undefined) throw new Error(`Nothing came to ${to}`);
  return mail;
}

test.each([
  ['the body says', { language: 'de' }, {}, 'Bestätige deine E-Mail-Adresse'],
  ['the browser says', {}, { 'Accept-Language': 'ar-EG,ar;q=0.9,en;q=0.5' }, 'أكّد عنوان بريدك الإلكتروني'],
  [
    'the body says rather than the browser',
    { language: 'fr' },
    { 'Accept-Language': 'de' },
    'Confirmez votre adresse e-mail',
  ],
  [
    'is known when the first wish is not',
    {},
    { 'Accept-Language': 'xx, es-MX;q=0.4, de;q=0.2' },
    'Confirma tu dirección de correo',
  ],
  ['everybody reads when nothing is known', {}, { 'Accept-Language': 'q'.repeat(900) }, 'Confirm your e-mail address'],
])('a registration is answered in the language %s', async (_what, more, headers, subject) => {
  const registration = newRegistration();
  await ask(server, '/auth/register', { body: { ...registration, ...more }, headers });
  expect((await newestMail(registration.email)).subject).toBe(subject);
});

test('the language of the settings is that of mails and text messages from then on', async () => {
  const person = await registerPerson(server);
  const patch = { method: 'PATCH', accessToken: person.accessToken } as const;
  expect((await ask<Me>(server, '/users/me', { ...patch, body: { language: 'de' } })).language).toBe('de');
  const refused = await call(server, '/users/me', { ...patch, body: { language: 'tlh' } });
  expect(refused.status).toBe(400);
  await post(server, person, 'phone-change', { phone: '+49 30 555 0199', password: person.password });
  await codeFor(server, '+49305550199', 'um diese Nummer bei Chatr zu bestätigen');
  await ask(server, '/auth/forgot-password', { body: { email: person.email } });
  await codeFor(server, person.email, 'Wähle ein neues Passwort');
});

test('links in mails lead to the server’s own address, whatever the request calls it', async () => {
  const person = await registerPerson(server);
  const registration = { ...newRegistration(), email: person.email };
  const lies: Record<string, string>[] = [
    { Host: 'evil.test' },
    { 'X-Forwarded-Host': 'evil.test', 'X-Forwarded-Proto': 'https' },
    { Forwarded: 'host=evil.test;proto=https', Origin: server.url, 'X-Host': 'evil.test' },
  ];
  for (const headers of lies) {
    await call(server, '/auth/register', { body: registration, headers });
  }
  const mails = (await receivedBy(server, person.email)).filter(
    ({ subject }) => subject === 'You already have an account',
  );
  expect(mails.length).toBeGreaterThan(0);
  for (const { text, html } of mails) {
    expect(text + html).not.toContain('evil.test');
    expect(text).toContain(`${server.url}/login`);
    expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url]) => url)).toEqual([`${server.url}/login`]);
  }
});

test('a name becomes neither header nor markup', async () => {
  const hostile = '<img src=x onerror=alert(1)> "&\'';
  const registration = newRegistration({ displayName: hostile });
  await ask(server, '/auth/register', { body: registration });
  const { html, text, subject } = await newestMail(registration.email);
  expect(subject).toBe('Confirm your e-mail address');
  expect(text).toContain(hostile);
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;&amp;&#39;');
  for (const displayName of ['Ada\r\nBcc: eve@example.test', 'Ada\u2028Bcc: eve@example.test', 'Ada\u0000']) {
    const { status } = await call(server, '/auth/register', { body: { ...newRegistration(), displayName } });
    expect([displayName, status]).toEqual([displayName, 400]);
  }
});

test('every mail can be looked at in every language, with equal contents in both forms', async () => {
  const { templates, languages } = await ask<{ templates: string[]; languages: string[] }>(server, '/dev/mails');
  expect(templates.length).toBeGreaterThan(10);
  expect(languages).toEqual(['en', 'de', 'fr', 'es', 'ar']);
  const subjects = new Map<string, Set<string>>();
  for (const template of templates) {
    for (const language of languages) {
      const mail = await ask<Received>(server, `/dev/mails/${template}?language=${language}`);
      const direction = language === 'ar' ? 'rtl' : 'ltr';
      expect(mail.html).toContain(`<html lang="${language}" dir="${direction}">`);
      expect(mail.html).not.toMatch(/<(?:img|script|link|table)\b|url\(/);
      // What the text says, the HTML says.
      const visible = mail.html
        .replace(/&#39;/g, "'")
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&');
      for (const line of mail.text.split('\n').filter((part) => part !== ''))
        expect(visible).toContain(line.startsWith('http') ? line : line.replace(/:$/, ''));
      subjects.set(template, (subjects.get(template) ?? new Set()).add(mail.subject));
    }
  }
  // Nothing was left in English.
  for (const [template, different] of subjects)
    expect([template, different.size]).toEqual([template, languages.length]);
  expect((await call(server, '/dev/mails/nothing')).status).toBe(404);
  expect((await call(server, '/dev/mails/toString')).status).toBe(404);
  expect((await call(server, '/dev/mails/verification?language=xx')).status).toBe(400);
});

test('in production there are neither previews nor a mailbox, and without SMS_URL no text messages', async () => {
  const person = await registerPerson(server);
  const production = await startServer({
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl(server),
    SMTP_URL: 'smtp://127.0.0.1:1',
    PUBLIC_URL: 'https://chat.example.test',
    JWT_SECRET: SECRET,
    ENCRYPTION_KEY: SECRET,
    RATE_LIMITS: 'on',
    LOG_LEVEL: 'silent',
  });
  try {
    for (const path of ['/dev/mails', '/dev/mails/verification', '/dev/mailbox', `/dev/mailbox?to=${person.email}`])
      expect([path, (await call(production, path)).status]).toEqual([path, 404]);
    expect(await ask(production, '/server')).toMatchObject({ developmentMailbox: false, textMessages: false });
    const body = { identifier: person.email, password: person.password };
    const { accessToken } = await ask<{ accessToken: string }>(production, '/auth/login', { body });
    const asked = await post(production, { ...person, accessToken }, 'phone-change', {
      phone: '+4930901820',
      password: person.password,
    });
    expect([asked.status, asked.body.code]).toEqual([409, 'sms_unavailable']);
  } finally {
    await production.destroy();
  }
});
