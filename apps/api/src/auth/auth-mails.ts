import { Injectable } from '@nestjs/common';
import { compose, Config, Mailer } from '../platform/index.js';

interface Recipient {
  email: string;
  displayName: string;
}

const EXPIRY = 'It is good for 10 minutes.';
const IGNORE = 'If you did not ask for this, ignore this mail: without the code nothing happens.';

/** The mails of this module. */
@Injectable()
export class AuthMails {
  constructor(
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  /** Names the username, so that people notice when the code is that of somebody else's registration with their address. */
  verification(to: Recipient & { username: string }, code: string): void {
    this.send(to.email, {
      subject: 'Confirm your e-mail address',
      greeting: `Hello ${to.displayName},`,
      paragraphs: [`this code completes the registration of @${to.username} on Chatr. ${EXPIRY}`],
      code,
      footnote: `If you did not register as @${to.username}, do not use the code: the account would be somebody else's.`,
    });
  }

  alreadyRegistered(to: Recipient): void {
    this.send(to.email, {
      subject: 'You already have an account',
      greeting: `Hello ${to.displayName},`,
      paragraphs: [
        'somebody, probably you, tried to register on Chatr with this address, which already belongs to your account.',
        'Log in with your password, or choose a new one if you have forgotten it.',
      ],
      link: { label: 'Log in', url: `${this.config.publicUrl}/login` },
      footnote: 'If this was not you, there is nothing to do.',
    });
  }

  passwordReset(to: Recipient, code: string): void {
    this.send(to.email, {
      subject: 'Choose a new password',
      greeting: `Hello ${to.displayName},`,
      paragraphs: [`this code lets you choose a new password on Chatr. ${EXPIRY}`],
      code,
      footnote: IGNORE,
    });
  }

  passwordChanged(to: Recipient): void {
    this.send(to.email, {
      subject: 'Your password was changed',
      greeting: `Hello ${to.displayName},`,
      paragraphs: ['your password on Chatr was changed with a mailed code, and every device was logged out.'],
      footnote:
        'If this was not you, somebody can read your mail: secure that account first, then choose a new password here.',
    });
  }

  identityLinked(to: Recipient, provider: string, label: string): void {
    this.send(to.email, {
      subject: `Your account is linked with ${provider}`,
      greeting: `Hello ${to.displayName},`,
      paragraphs: [`from now on ${label} at ${provider} can sign in to your account on Chatr.`],
      link: { label: 'See how you sign in', url: `${this.config.publicUrl}/settings/security` },
      footnote: 'If this was not you, remove the link there, choose a new password, and tell your administrator.',
    });
  }

  invitation(email: string, invitedBy: string, token: string): void {
    this.send(email, {
      subject: `${invitedBy} invites you to Chatr`,
      greeting: 'Hello,',
      paragraphs: [
        `${invitedBy} invites you to join the conversation on Chatr. The invitation is good for 7 days, for this address only.`,
      ],
      link: { label: 'Accept the invitation', url: `${this.config.publicUrl}/register?invite=${token}` },
      footnote: 'If you do not know who this is, ignore this mail.',
    });
  }

  private send(to: string, letter: Parameters<typeof compose>[0]): void {
    this.mailer.send({ to, ...compose(letter) });
  }
}
