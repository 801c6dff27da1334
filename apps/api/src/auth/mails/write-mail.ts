import type { Language, Letter } from '../../platform/index.js';
import type { MailFacts, MailName, MailWords } from './catalogue.js';
import { CATALOGUES } from './words/index.js';

/** What goes into a mail beside its words. */
export interface MailContent<Name extends MailName> {
  facts: MailFacts[Name];
  /** Whom it greets; undefined where nobody knows the name. */
  displayName?: string;
  /** Six digits. */
  code?: string;
  /** Where its link leads: below the server's own address, never what a request says. */
  url?: string;
}

/** Puts a mail into somebody's language. */
export function writeMail<Name extends MailName>(name: Name, language: Language, content: MailContent<Name>): Letter {
  const { mails, greeting } = CATALOGUES[language];
  const write: (facts: MailFacts[Name]) => MailWords = mails[name];
  const { subject, paragraphs, link, footnote } = write(content.facts);
  const { code, url } = content;
  return {
    language,
    subject,
    greeting: greeting(content.displayName),
    paragraphs,
    ...(code === undefined ? {} : { code }),
    ...(link === undefined || url === undefined ? {} : { link: { label: link, url } }),
    ...(footnote === undefined ? {} : { footnote }),
  };
}
