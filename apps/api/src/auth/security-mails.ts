import { Injectable } from '@nestjs/common';
import { type Client, compose, Config, Mailer } from '../platform/index.js';
import { deviceWords } from './sessions/device-words.js';

interface Recipient {
  email: string;
  displayName: string;
}

/** Changes to how somebody proves who they are, in the words of the mail. */
const CHANGES = {
  enabled: {
    subject: 'Two-step verification is on',
    text: 'from now on, logging in to Chatr asks for a code of your authenticator app.',
  },
  disabled: {
    subject: 'Two-step verification is off',
    text: 'logging in to Chatr does not ask for a code of your authenticator app any more.',
  },
  renewed: {
    subject: 'You have new recovery codes',
    text: 'a new set of recovery codes was made for your account on Chatr. The ones before work no longer.',
  },
  used: {
    subject: 'A recovery code was used',
    text: 'somebody, hopefully you, logged in to Chatr with one of your recovery codes. It works no longer.',
  },
} as const;

const ADVICE = 'If this was not you, choose a new password now: that logs out every device.';

/** Mails that tell owners what happened to their account, so that they can step in. */
@Injectable()
export class SecurityMails {
  constructor(
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  /** @param left how many recovery codes there are now, where that is worth saying */
  factorChanged(to: Recipient, change: keyof typeof CHANGES, client: Client, left?: number): void {
    const { subject, text } = CHANGES[change];
    const rest = left === undefined ? [] : [`${left} recovery ${left === 1 ? 'code is' : 'codes are'} left.`];
    this.send(to, subject, [text, ...rest, describe(client)]);
  }

  newDevice(to: Recipient, client: Client): void {
    this.send(to, 'New device', ['your account on Chatr was just used to log in on a new device.', describe(client)]);
  }

  /** Five wrong codes after the right password: whoever guesses has the password already. */
  codesGuessed(to: Recipient, client: Client): void {
    const text = 'somebody entered your password on Chatr, and then five wrong codes. They did not get in.';
    this.send(to, 'Somebody may know your password', [text, describe(client)]);
  }

  private send(to: Recipient, subject: string, paragraphs: readonly string[]): void {
    const letter = {
      subject,
      greeting: `Hello ${to.displayName},`,
      paragraphs,
      link: { label: 'Choose a new password', url: `${this.config.publicUrl}/forgot-password` },
      footnote: ADVICE,
    };
    this.mailer.send({ to: to.email, ...compose(letter) });
  }
}

/** "Device: Firefox on Windows. Place: Lyon, France. Address: 192.0.2.1. Time: Wed, 25 Nov 2026 09:14:00 GMT." */
function describe({ userAgent, address, place }: Client): string {
  const facts = [
    `Device: ${deviceWords(userAgent)}.`,
    place === '' ? '' : `Place: ${place}.`,
    `Address: ${address}.`,
    `Time: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
  ];
  return facts.filter((fact) => fact !== '').join(' ');
}
