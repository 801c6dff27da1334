import { Injectable } from '@nestjs/common';
import { compose, Config, Mailer } from '../platform/index.js';

interface Recipient {
  email: string;
  displayName: string;
}

/** The mails of this module. Their owner hears of both: neither can be taken back. */
@Injectable()
export class OwnDataMails {
  constructor(
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  exported({ email, displayName }: Recipient): void {
    const letter = {
      subject: 'Your data was asked for',
      greeting: `Hello ${displayName},`,
      paragraphs: [
        'somebody who knows your password, probably you, asked Chatr for a copy of everything that is kept about you.',
      ],
      link: { label: 'See where you are signed in', url: `${this.config.publicUrl}/settings/security` },
      footnote: 'If this was not you, choose a new password at once: that ends every session.',
    };
    this.mailer.send({ to: email, ...compose(letter) });
  }

  deleted({ email, displayName }: Recipient): void {
    const letter = {
      subject: 'Your account was deleted',
      greeting: `Hello ${displayName},`,
      paragraphs: [
        'your account on Chatr was deleted, and you were signed out everywhere. What you wrote to others stays with them, without your name.',
        'This cannot be undone. You are welcome to register again with this address.',
      ],
      footnote: 'If this was not you, tell whoever runs this Chatr.',
    };
    this.mailer.send({ to: email, ...compose(letter) });
  }
}
