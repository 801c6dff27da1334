import { leavesOut, readProfile } from './provider-profile.js';

const idToken = { iss: 'https://login.test', sub: 'u1' };
const roles = (claim: string): { claim: string; adminValues: string[] } => ({
  claim,
  adminValues: ['admins', 'owners'],
});

describe('readProfile', () => {
  it('believes an address only where the provider says that it is verified, in so many words', () => {
    const email = (email_verified: unknown): unknown =>
      readProfile({ ...idToken, email: ' Ann@Example.test', email_verified }, {}, undefined)?.verifiedEmail;
    expect(email(true)).toBe('ann@example.test');
    for (const doubt of [false, 'true', 1, null, undefined]) expect(email(doubt)).toBeUndefined();
  });

  it('takes an address and its being verified from the same place', () => {
    const mixed = readProfile({ ...idToken, email: 'boss@example.test' }, { email_verified: true }, undefined);
    expect(mixed?.verifiedEmail).toBeUndefined();
    const userInfo = { email: 'ann@example.test', email_verified: true };
    expect(readProfile({ ...idToken, email: 'boss@example.test' }, userInfo, undefined)?.verifiedEmail).toBe(
      'ann@example.test',
    );
  });

  it.each(['no address', 'two@example.test, more@example.test', `${'x'.repeat(250)}@example.test`, 7, {}])(
    'takes no address of %j',
    (email) => {
      expect(readProfile({ ...idToken, email, email_verified: true }, {}, undefined)?.verifiedEmail).toBeUndefined();
    },
  );

  it.each([undefined, '', 7, 'x'.repeat(256)])('has nobody without a proper subject (%j)', (sub) => {
    expect(readProfile({ ...idToken, sub }, {}, undefined)).toBeUndefined();
  });

  it('finds roles in a list, in a word, by a name with dots, and within other claims', () => {
    const is = (claims: object, claim: string): unknown =>
      readProfile({ ...idToken, ...claims }, {}, roles(claim))?.isAdministrator;
    expect(is({ groups: ['staff', 'owners'] }, 'groups')).toBe(true);
    expect(is({ role: 'admins' }, 'role')).toBe(true);
    expect(is({ 'https://x.test/roles': ['admins'] }, 'https://x.test/roles')).toBe(true);
    expect(is({ realm_access: { roles: ['admins'] } }, 'realm_access.roles')).toBe(true);
    expect(is({ groups: ['staff'] }, 'groups')).toBe(false);
    expect(is({ groups: 'admins of nothing' }, 'groups')).toBe(false);
    expect(is({}, 'groups')).toBe(false);
    expect(is({ groups: [['admins']] }, 'groups')).toBe(false);
    expect(readProfile({ ...idToken, groups: ['admins'] }, {}, undefined)?.isAdministrator).toBeUndefined();
  });

  it('lets the ID token have the last word on roles', () => {
    expect(readProfile({ ...idToken, groups: [] }, { groups: ['admins'] }, roles('groups'))?.isAdministrator).toBe(
      false,
    );
  });
});

describe('leavesOut', () => {
  const whole = { ...idToken, email: 'a@b.test', email_verified: true, name: 'Ann' };

  it('asks for more where an address, a name or the roles are missing', () => {
    expect(leavesOut(whole, undefined)).toBe(false);
    expect(leavesOut(idToken, undefined)).toBe(true);
    expect(leavesOut(whole, roles('groups'))).toBe(true);
    expect(leavesOut({ ...whole, groups: [] }, roles('groups'))).toBe(false);
  });
});
