import { ask, call } from './support/http.js';
import { mailedCode, newRegistration } from './support/people.js';
import { sharedServer } from './support/shared-server.js';

const server = sharedServer();

interface Me {
  phone: string | null;
  phoneVerified: boolean;
  language: string;
}

test('a number that is given when registering is kept in one form, unverified', async () => {
  const registration = newRegistration();
  await ask(server, '/auth/register', { body: { ...registration, phone: '+49 (30) 901-820' } });
  const code = await mailedCode(server, registration.email);
  const { user } = await ask<{ user: Me }>(server, '/auth/verify-email', { body: { email: registration.email, code } });
  expect(user).toMatchObject({ phone: '+4930901820', phoneVerified: false, language: 'en' });
});

test.each(['030 901820', 'call me', '+49', '+49 30 901820 ext 5', '', '+1'.padEnd(200, '5'), 7, null, ['+4930901820']])(
  'registering with the number %j is refused with words beside the field',
  async (phone) => {
    const { status, body } = await call<{ code: string; errors?: { path: string }[] }>(server, '/auth/register', {
      body: { ...newRegistration(), phone },
    });
    if (phone === null) expect(status).toBe(201);
    else expect([status, body.code, body.errors?.[0]?.path]).toEqual([400, 'validation_failed', 'phone']);
  },
);
