import type { Catalogue, MailWords, Whereabouts } from '../catalogue.js';
import { codeLifetime, invitationLifetime } from '../durations.js';

const EXPIRY = `Er gilt ${codeLifetime('de')}.`;
const IGNORE = 'Falls du das nicht warst, ignoriere diese Mail: Ohne den Code passiert nichts.';
const CHOOSE_PASSWORD =
  'Falls du das nicht warst, wähle ein neues Passwort: Dann ist jemand anderes unter deinem Namen angemeldet.';

const ADVICE = 'Falls du das nicht warst, wähle sofort ein neues Passwort: Damit werden alle Geräte abgemeldet.';

/** A mail about something that was done to the account, and from where. */
function notice(subject: string, text: string, { device, address, place, time }: Whereabouts): MailWords {
  const where = place === '' ? '' : `Ort: ${place}. `;
  const what = `Gerät: ${device ?? 'unbekannt'}. `;
  const facts = `${what}${where}Adresse: ${address}. Zeit: ${time}.`;
  return { subject, paragraphs: [text, facts], link: 'Neues Passwort wählen', footnote: ADVICE };
}

export const de: Catalogue = {
  greeting: (name) => (name === undefined ? 'Hallo,' : `Hallo ${name},`),
  mails: {
    loginCode: () => ({
      subject: 'Dein Code zum Anmelden',
      paragraphs: [`dieser Code schließt deine Anmeldung bei Chatr ab. ${EXPIRY}`],
      footnote:
        'Falls du dich gerade nicht anmeldest, kennt jemand dein Passwort: Wähle ein anderes. Gib diesen Code niemandem.',
    }),
    newDevice: (where) =>
      notice('Neues Gerät', 'mit deinem Konto bei Chatr wurde gerade auf einem neuen Gerät angemeldet.', where),
    codesGuessed: (where) =>
      notice(
        'Vielleicht kennt jemand dein Passwort',
        'jemand hat bei Chatr dein Passwort und danach fünf falsche Codes eingegeben. Eine Anmeldung gab es nicht.',
        where,
      ),
    twoStepOn: (where) =>
      notice(
        'Die Anmeldung in zwei Schritten ist an',
        'ab jetzt fragt Chatr beim Anmelden nach einem Code deiner Authenticator-App.',
        where,
      ),
    twoStepOff: (where) =>
      notice(
        'Die Anmeldung in zwei Schritten ist aus',
        'Chatr fragt beim Anmelden nicht mehr nach einem Code deiner Authenticator-App.',
        where,
      ),
    recoveryCodesRenewed: (where) =>
      notice(
        'Du hast neue Wiederherstellungscodes',
        'für dein Konto bei Chatr wurden neue Wiederherstellungscodes erstellt. Die bisherigen gelten nicht mehr.',
        where,
      ),
    recoveryCodeUsed: ({ left, ...where }) =>
      notice(
        'Ein Wiederherstellungscode wurde benutzt',
        `jemand, hoffentlich du, hat sich bei Chatr mit einem deiner Wiederherstellungscodes angemeldet; er gilt nicht mehr. Verbleibende Codes: ${left}.`,
        where,
      ),
    passkeyAdded: ({ name, ...where }) => ({
      ...notice(
        'Ein Passkey wurde hinzugefügt',
        `mit dem Passkey „${name}“ kannst du dich jetzt ohne Passwort bei Chatr anmelden.`,
        where,
      ),
      footnote:
        'Falls du das nicht warst, wähle sofort ein neues Passwort und entferne diesen Passkey dann in den Einstellungen: Wer ihn besitzt, kann sich damit anmelden.',
    }),
    passkeyRemoved: ({ name, ...where }) =>
      notice(
        'Ein Passkey wurde entfernt',
        `mit dem Passkey „${name}“ kannst du dich nicht mehr bei Chatr anmelden.`,
        where,
      ),
    passkeyCloned: ({ name, ...where }) => ({
      ...notice(
        'Ein Passkey wurde abgelehnt',
        `jemand wollte sich bei Chatr mit dem Passkey „${name}“ anmelden, und es schien eine Kopie zu sein. Eine Anmeldung gab es nicht.`,
        where,
      ),
      footnote:
        'Entferne diesen Passkey in den Einstellungen und füge einen neuen hinzu. Dein Passwort und deine anderen Passkeys funktionieren weiter.',
    }),
    verification: ({ username }) => ({
      subject: 'Bestätige deine E-Mail-Adresse',
      paragraphs: [`dieser Code schließt die Registrierung von @${username} bei Chatr ab. ${EXPIRY}`],
      footnote: `Falls du dich nicht als @${username} registriert hast, benutze den Code nicht: Das Konto würde jemand anderem gehören.`,
    }),
    alreadyRegistered: () => ({
      subject: 'Du hast schon ein Konto',
      paragraphs: [
        'jemand, wahrscheinlich du, wollte sich bei Chatr mit dieser Adresse registrieren. Sie gehört schon zu deinem Konto.',
        'Melde dich mit deinem Passwort an, oder wähle ein neues, falls du es vergessen hast.',
      ],
      link: 'Anmelden',
      footnote: 'Falls du das nicht warst, brauchst du nichts zu tun.',
    }),
    passwordReset: () => ({
      subject: 'Wähle ein neues Passwort',
      paragraphs: [`mit diesem Code kannst du bei Chatr ein neues Passwort wählen. ${EXPIRY}`],
      footnote: IGNORE,
    }),
    passwordChanged: () => ({
      subject: 'Dein Passwort wurde geändert',
      paragraphs: [
        'dein Passwort bei Chatr wurde mit einem zugesandten Code geändert, und alle Geräte wurden abgemeldet.',
      ],
      footnote:
        'Falls du das nicht warst, kann jemand deine Mails lesen: Sichere zuerst dein Postfach, dann wähle hier ein neues Passwort.',
    }),
    ownPasswordChanged: (where) =>
      notice(
        'Dein Passwort wurde geändert',
        'dein Passwort bei Chatr wurde in den Einstellungen geändert, und alle anderen Geräte wurden abgemeldet.',
        where,
      ),
    identityLinked: ({ provider, label }) => ({
      subject: `Dein Konto ist mit ${provider} verknüpft`,
      paragraphs: [`ab jetzt kann sich ${label} bei ${provider} in deinem Konto bei Chatr anmelden.`],
      link: 'Ansehen, wie du dich anmeldest',
      footnote:
        'Falls du das nicht warst, hebe die Verknüpfung dort auf, wähle ein neues Passwort und sag es der Verwaltung dieses Servers.',
    }),
    invitation: ({ invitedBy }) => ({
      subject: `${invitedBy} lädt dich zu Chatr ein`,
      paragraphs: [
        `${invitedBy} lädt dich ein, bei Chatr mitzureden. Die Einladung gilt ${invitationLifetime('de')}, und nur für diese Adresse.`,
      ],
      link: 'Einladung annehmen',
      footnote: 'Falls du nicht weißt, wer das ist, ignoriere diese Mail.',
    }),
    emailChangePresent: ({ email }) => ({
      subject: 'Bestätige deine neue E-Mail-Adresse',
      paragraphs: [
        `dein Konto bei Chatr soll die Adresse ${email} statt dieser hier bekommen. Gib diesen Code zusammen mit dem ein, der dorthin ging. ${EXPIRY}`,
      ],
      footnote:
        'Falls du das nicht warst, gib den Code niemandem und wähle ein neues Passwort: Jemand ist unter deinem Namen angemeldet und kennt es.',
    }),
    emailChangeNew: ({ username }) => ({
      subject: 'Bestätige deine neue E-Mail-Adresse',
      paragraphs: [
        `diese Adresse soll zum Konto @${username} bei Chatr gehören. Gib diesen Code zusammen mit dem ein, der an die bisherige Adresse ging. ${EXPIRY}`,
      ],
      footnote: IGNORE,
    }),
    emailTaken: () => ({
      subject: 'Diese Adresse hat schon ein Konto',
      paragraphs: [
        'jemand, vielleicht du, wollte diese Adresse für ein anderes Konto bei Chatr benutzen. Sie gehört schon zu deinem, und nichts wurde geändert.',
      ],
      link: 'Anmelden',
      footnote: 'Falls du das nicht warst, brauchst du nichts zu tun.',
    }),
    emailChanged: ({ from, to }) => ({
      subject: 'Deine E-Mail-Adresse wurde geändert',
      paragraphs: [
        `die Adresse deines Kontos bei Chatr war ${from} und ist jetzt ${to}. Deine Geräte bleiben angemeldet.`,
        'In den Einstellungen siehst du, wo du angemeldet bist, und kannst jede Sitzung beenden.',
      ],
      link: 'Geräte ansehen',
      footnote: 'Falls du das nicht warst, sag es der Administration dieses Servers.',
    }),
    phoneChanged: ({ phone }) => ({
      subject: 'Deine Telefonnummer wurde geändert',
      paragraphs: [`die Telefonnummer deines Kontos bei Chatr ist jetzt ${phone}.`],
      link: 'Einstellungen ansehen',
      footnote: CHOOSE_PASSWORD,
    }),
    phoneRemoved: ({ phone }) => ({
      subject: 'Deine Telefonnummer wurde entfernt',
      paragraphs: [`die Telefonnummer ${phone} gehört nicht mehr zu deinem Konto bei Chatr.`],
      link: 'Einstellungen ansehen',
      footnote: CHOOSE_PASSWORD,
    }),
    roleChanged: ({ admin }) => ({
      subject: admin ? 'Du verwaltest jetzt Chatr' : 'Du verwaltest Chatr nicht mehr',
      paragraphs: [
        admin
          ? 'du gehörst jetzt zur Verwaltung dieses Chatr-Servers: Du kannst Menschen einladen und ausschließen und das Protokoll lesen.'
          : 'dein Konto bei Chatr ist wieder ein gewöhnliches. Deine Chats bleiben, wie sie sind.',
      ],
      link: 'Einstellungen ansehen',
      footnote: 'Wenn du das nicht erwartet hast, frage die Verwaltung dieses Servers.',
    }),
    factorsReset: () => ({
      subject: 'Deine zweiten Faktoren wurden zurückgesetzt',
      paragraphs: [
        'die Verwaltung hat alles entfernt, wonach deine Anmeldungen bei Chatr neben dem Passwort fragten: Authentifizierungs-App, Wiederherstellungscodes, Passkeys und bekannte Geräte. Richte sie in den Einstellungen neu ein.',
      ],
      link: 'Einstellungen ansehen',
      footnote: 'Wenn du nicht darum gebeten hast, wähle ein neues Passwort und frage die Verwaltung dieses Servers.',
    }),
  },
  texts: {
    loginCode: ({ code }) => `${code} ist dein Code zum Anmelden bei Chatr. ${EXPIRY} Gib ihn niemandem.`,
    phoneCode: ({ code }) =>
      `${code} ist dein Code, um diese Nummer bei Chatr zu bestätigen. ${EXPIRY} Gib ihn niemandem.`,
    phoneTaken: () =>
      'Jemand wollte diese Nummer für ein anderes Konto bei Chatr benutzen. Sie gehört schon zu deinem; nichts wurde geändert.',
    phoneChanged: () =>
      'Dein Konto bei Chatr hat jetzt eine andere Telefonnummer. Falls du das nicht warst, wähle ein neues Passwort.',
    phoneRemoved: () =>
      'Diese Nummer gehört nicht mehr zu deinem Konto bei Chatr. Falls du das nicht warst, wähle ein neues Passwort.',
  },
};
