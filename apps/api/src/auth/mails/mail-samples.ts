import type { MailName } from './catalogue.js';
import type { MailContent } from './write-mail.js';

const READER = { displayName: 'Zoë Lindqvist' };
const CODE = '012345';
const WHEREABOUTS = {
  device: 'Firefox on Windows',
  address: '192.0.2.1',
  place: 'Lyon, France',
  time: '2026-11-25 09:14 UTC',
};

/** An example of each mail, for the preview. A mail without one does not compile. */
export function mailSamples(publicUrl: string): { readonly [Name in MailName]: MailContent<Name> } {
  const settings = `${publicUrl}/settings`;
  const password = `${publicUrl}/forgot-password`;
  const login = `${publicUrl}/login`;
  const passkey = { ...READER, facts: { ...WHEREABOUTS, name: 'Firefox on Windows' }, url: password };
  return {
    verification: { ...READER, facts: { username: 'zoe' }, code: CODE },
    alreadyRegistered: { ...READER, facts: {}, url: login },
    loginCode: { ...READER, facts: {}, code: CODE },
    newDevice: { ...READER, facts: WHEREABOUTS, url: password },
    codesGuessed: { ...READER, facts: WHEREABOUTS, url: password },
    twoStepOn: { ...READER, facts: WHEREABOUTS, url: password },
    twoStepOff: { ...READER, facts: WHEREABOUTS, url: password },
    recoveryCodesRenewed: { ...READER, facts: WHEREABOUTS, url: password },
    recoveryCodeUsed: { ...READER, facts: { ...WHEREABOUTS, left: 9 }, url: password },
    passkeyAdded: passkey,
    passkeyRemoved: passkey,
    passkeyCloned: passkey,
    passwordReset: { ...READER, facts: {}, code: CODE },
    passwordChanged: { ...READER, facts: {} },
    ownPasswordChanged: { ...READER, facts: WHEREABOUTS, url: password },
    identityLinked: {
      ...READER,
      facts: { provider: 'Example', label: 'zoe@example.test' },
      url: `${publicUrl}/settings/security`,
    },
    invitation: { facts: { invitedBy: 'Zoë Lindqvist' }, url: `${publicUrl}/register?invite=example` },
    emailChangePresent: { ...READER, facts: { email: 'zoe.new@example.test' }, code: CODE },
    emailChangeNew: { facts: { username: 'zoe' }, code: CODE },
    emailTaken: { ...READER, facts: {}, url: login },
    emailChanged: { ...READER, facts: { from: 'zoe@example.test', to: 'zoe.new@example.test' }, url: settings },
    phoneChanged: { ...READER, facts: { phone: '+4930901820' }, url: settings },
    phoneRemoved: { ...READER, facts: { phone: '+4930901820' }, url: settings },
    roleChanged: { ...READER, facts: { admin: true }, url: settings },
    factorsReset: { ...READER, facts: {}, url: settings },
  };
}

/** The names of all mails, in the order of the examples. */
export function mailNames(): MailName[] {
  return Object.keys(mailSamples('')) as MailName[];
}
