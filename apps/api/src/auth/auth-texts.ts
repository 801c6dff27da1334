import { Injectable } from '@nestjs/common';
import { type Language, SmsSender } from '../platform/index.js';
import type { SmsFacts, SmsName } from './mails/catalogue.js';
import { CATALOGUES } from './mails/words/index.js';

/** The text messages of this module, each in its reader's language. */
@Injectable()
export class AuthTexts {
  constructor(private readonly sender: SmsSender) {}

  /** Whether there are any on this server. */
  get offered(): boolean {
    return this.sender.offered;
  }

  loginCode(to: string, language: Language, code: string): void {
    this.text('loginCode', to, language, { code });
  }

  phoneCode(to: string, language: Language, code: string): void {
    this.text('phoneCode', to, language, { code });
  }

  phoneTaken(to: string, language: Language): void {
    this.text('phoneTaken', to, language, {});
  }

  phoneChanged(to: string, language: Language): void {
    this.text('phoneChanged', to, language, {});
  }

  phoneRemoved(to: string, language: Language): void {
    this.text('phoneRemoved', to, language, {});
  }

  private text<Name extends SmsName>(name: Name, to: string, language: Language, facts: SmsFacts[Name]): void {
    const write: (facts: SmsFacts[Name]) => string = CATALOGUES[language].texts[name];
    this.sender.send({ to, text: write(facts) });
  }
}
