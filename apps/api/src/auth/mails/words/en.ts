import type { Catalogue, MailWords, Whereabouts } from '../catalogue.js';
import { codeLifetime, invitationLifetime } from '../durations.js';

const EXPIRY = `It is good for ${codeLifetime('en')}.`;
const IGNORE = 'If you did not ask for this, ignore this mail: without the code nothing happens.';

const ADVICE = 'If this was not you, choose a new password now: that logs out every device.';

/** A mail about something that was done to the account, and from where. */
function notice(subject: string, text: string, { device, address, place, time }: Whereabouts): MailWords {
  const where = place === '' ? '' : `Place: ${place}. `;
  const what = `Device: ${device ?? 'unknown'}. `;
  const facts = `${what}${where}Address: ${address}. Time: ${time}.`;
  return { subject, paragraphs: [text, facts], link: 'Choose a new password', footnote: ADVICE };
}

export const en: Catalogue = {
  greeting: (name) => (name === undefined ? 'Hello,' : `Hello ${name},`),
  mails: {
    loginCode: () => ({
      subject: 'Your code to log in',
      paragraphs: [`this code completes your log-in to Chatr. ${EXPIRY}`],
      footnote:
        'If you are not logging in right now, somebody knows your password: choose another one. Give this code to nobody.',
    }),
    newDevice: (where) => notice('New device', 'your account on Chatr was just used to log in on a new device.', where),
    codesGuessed: (where) =>
      notice(
        'Somebody may know your password',
        'somebody entered your password on Chatr, and then five wrong codes. They did not get in.',
        where,
      ),
    twoStepOn: (where) =>
      notice(
        'Two-step verification is on',
        'from now on, logging in to Chatr asks for a code of your authenticator app.',
        where,
      ),
    twoStepOff: (where) =>
      notice(
        'Two-step verification is off',
        'logging in to Chatr does not ask for a code of your authenticator app any more.',
        where,
      ),
    recoveryCodesRenewed: (where) =>
      notice(
        'You have new recovery codes',
        'a new set of recovery codes was made for your account on Chatr. The ones before work no longer.',
        where,
      ),
    recoveryCodeUsed: ({ left, ...where }) =>
      notice(
        'A recovery code was used',
        `somebody, hopefully you, logged in to Chatr with one of your recovery codes, which works no longer. Codes left: ${left}.`,
        where,
      ),
    passkeyAdded: ({ name, ...where }) => ({
      ...notice(
        'A passkey was added',
        `the passkey “${name}” now lets you sign in to Chatr without a password.`,
        where,
      ),
      footnote:
        'If this was not you, choose a new password now, then remove this passkey in the settings: it lets in whoever holds it.',
    }),
    passkeyRemoved: ({ name, ...where }) =>
      notice('A passkey was removed', `the passkey “${name}” no longer lets you sign in to Chatr.`, where),
    passkeyCloned: ({ name, ...where }) => ({
      ...notice(
        'A passkey was refused',
        `somebody tried to sign in to Chatr with the passkey “${name}”, and it looked like a copy of it. They did not get in.`,
        where,
      ),
      footnote:
        'Remove this passkey in the settings and add a new one. Your password and your other passkeys still work.',
    }),
    verification: ({ username }) => ({
      subject: 'Confirm your e-mail address',
      paragraphs: [`this code completes the registration of @${username} on Chatr. ${EXPIRY}`],
      footnote: `If you did not register as @${username}, do not use the code: the account would be somebody else's.`,
    }),
    alreadyRegistered: () => ({
      subject: 'You already have an account',
      paragraphs: [
        'somebody, probably you, tried to register on Chatr with this address, which already belongs to your account.',
        'Log in with your password, or choose a new one if you have forgotten it.',
      ],
      link: 'Log in',
      footnote: 'If this was not you, there is nothing to do.',
    }),
    passwordReset: () => ({
      subject: 'Choose a new password',
      paragraphs: [`this code lets you choose a new password on Chatr. ${EXPIRY}`],
      footnote: IGNORE,
    }),
    passwordChanged: () => ({
      subject: 'Your password was changed',
      paragraphs: ['your password on Chatr was changed with a mailed code, and every device was logged out.'],
      footnote:
        'If this was not you, somebody can read your mail: secure that account first, then choose a new password here.',
    }),
    ownPasswordChanged: (where) =>
      notice(
        'Your password was changed',
        'your password on Chatr was changed in the settings, and every other device was logged out.',
        where,
      ),
    identityLinked: ({ provider, label }) => ({
      subject: `Your account is linked with ${provider}`,
      paragraphs: [`from now on ${label} at ${provider} can sign in to your account on Chatr.`],
      link: 'See how you sign in',
      footnote:
        'If this was not you, unlink it there, choose a new password, and tell the administrator of this server.',
    }),
    invitation: ({ invitedBy }) => ({
      subject: `${invitedBy} invites you to Chatr`,
      paragraphs: [
        `${invitedBy} invites you to join the conversation on Chatr. The invitation is good for ${invitationLifetime('en')}, for this address only.`,
      ],
      link: 'Accept the invitation',
      footnote: 'If you do not know who this is, ignore this mail.',
    }),
    emailChangePresent: ({ email }) => ({
      subject: 'Confirm your new e-mail address',
      paragraphs: [
        `your account on Chatr is to have the address ${email} instead of this one. Enter this code together with the one that went there. ${EXPIRY}`,
      ],
      footnote:
        'If you did not ask for this, give the code to nobody and choose a new password: somebody is signed in as you and knows it.',
    }),
    emailChangeNew: ({ username }) => ({
      subject: 'Confirm your new e-mail address',
      paragraphs: [
        `this address is to belong to the account @${username} on Chatr. Enter this code together with the one that went to the present address. ${EXPIRY}`,
      ],
      footnote: IGNORE,
    }),
    emailTaken: () => ({
      subject: 'This address already has an account',
      paragraphs: [
        'somebody, perhaps you, wanted to use this address for another account on Chatr. It already belongs to yours, and nothing was changed.',
      ],
      link: 'Log in',
      footnote: 'If this was not you, there is nothing to do.',
    }),
    emailChanged: ({ from, to }) => ({
      subject: 'Your e-mail address was changed',
      paragraphs: [
        `the address of your account on Chatr was ${from} and is ${to} now. Your devices stay signed in.`,
        'In the settings you see where you are signed in, and can end any of it.',
      ],
      link: 'Look at your devices',
      footnote: 'If this was not you, tell the administrator of this server.',
    }),
    phoneChanged: ({ phone }) => ({
      subject: 'Your phone number was changed',
      paragraphs: [`the phone number of your account on Chatr is ${phone} now.`],
      link: 'Look at your settings',
      footnote: 'If this was not you, choose a new password: somebody is signed in as you.',
    }),
    phoneRemoved: ({ phone }) => ({
      subject: 'Your phone number was removed',
      paragraphs: [`the phone number ${phone} no longer belongs to your account on Chatr.`],
      link: 'Look at your settings',
      footnote: 'If this was not you, choose a new password: somebody is signed in as you.',
    }),
    roleChanged: ({ admin }) => ({
      subject: admin ? 'You administrate Chatr now' : 'You do not administrate Chatr any more',
      paragraphs: [
        admin
          ? 'an administrator made you one, too: you can let people in and out of this Chatr server, and read its audit log.'
          : 'your account on Chatr is an ordinary one again. Your chats stay as they are.',
      ],
      link: 'Look at your settings',
      footnote: 'If you did not expect this, ask the administrators of this server.',
    }),
    factorsReset: () => ({
      subject: 'Your second factors were reset',
      paragraphs: [
        'an administrator took away whatever your log-ins to Chatr asked for beside the password: authenticator app, recovery codes, passkeys and known devices. Set them up again in your settings.',
      ],
      link: 'Look at your settings',
      footnote: 'If you did not ask for this, choose a new password and ask the administrators of this server.',
    }),
  },
  texts: {
    loginCode: ({ code }) => `${code} is your code to log in to Chatr. ${EXPIRY} Give it to nobody.`,
    phoneCode: ({ code }) => `${code} is your code to confirm this number on Chatr. ${EXPIRY} Give it to nobody.`,
    phoneTaken: () =>
      'Somebody wanted to use this number for another account on Chatr. It belongs to yours already; nothing was changed.',
    phoneChanged: () =>
      'Your account on Chatr has another phone number now. If this was not you, choose a new password.',
    phoneRemoved: () =>
      'This number no longer belongs to your account on Chatr. If this was not you, choose a new password.',
  },
};
