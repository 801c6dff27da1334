import type { Catalogue, MailWords, Whereabouts } from '../catalogue.js';
import { codeLifetime, invitationLifetime } from '../durations.js';

const EXPIRY = `Il est valable ${codeLifetime('fr')}.`;
const IGNORE = 'Si vous n’avez rien demandé, ignorez ce message : sans le code, il ne se passe rien.';
const NOTHING_TO_DO = 'Si ce n’était pas vous, il n’y a rien à faire.';
const CHOOSE_PASSWORD =
  'Si ce n’était pas vous, choisissez un nouveau mot de passe : quelqu’un est connecté à votre place.';

const ADVICE =
  'Si ce n’était pas vous, choisissez tout de suite un nouveau mot de passe : tous les appareils seront déconnectés.';

/** A mail about something that was done to the account, and from where. */
function notice(subject: string, text: string, { device, address, place, time }: Whereabouts): MailWords {
  const where = place === '' ? '' : `Lieu : ${place}. `;
  const what = `Appareil : ${device ?? 'inconnu'}. `;
  const facts = `${what}${where}Adresse : ${address}. Heure : ${time}.`;
  return { subject, paragraphs: [text, facts], link: 'Choisir un nouveau mot de passe', footnote: ADVICE };
}

export const fr: Catalogue = {
  greeting: (name) => (name === undefined ? 'Bonjour,' : `Bonjour ${name},`),
  mails: {
    loginCode: () => ({
      subject: 'Votre code de connexion',
      paragraphs: [`ce code termine votre connexion à Chatr. ${EXPIRY}`],
      footnote:
        'Si vous n’êtes pas en train de vous connecter, quelqu’un connaît votre mot de passe : choisissez-en un autre. Ne donnez ce code à personne.',
    }),
    newDevice: (where) =>
      notice('Nouvel appareil', 'un nouvel appareil vient de se connecter à votre compte Chatr.', where),
    codesGuessed: (where) =>
      notice(
        'Quelqu’un connaît peut-être votre mot de passe',
        'quelqu’un a saisi votre mot de passe sur Chatr, puis cinq codes erronés. La connexion a échoué.',
        where,
      ),
    twoStepOn: (where) =>
      notice(
        'La connexion en deux étapes est activée',
        'désormais, la connexion à Chatr demande un code de votre application d’authentification.',
        where,
      ),
    twoStepOff: (where) =>
      notice(
        'La connexion en deux étapes est désactivée',
        'la connexion à Chatr ne demande plus de code de votre application d’authentification.',
        where,
      ),
    recoveryCodesRenewed: (where) =>
      notice(
        'Vous avez de nouveaux codes de secours',
        'de nouveaux codes de secours ont été créés pour votre compte Chatr. Les précédents ne sont plus valables.',
        where,
      ),
    recoveryCodeUsed: ({ left, ...where }) =>
      notice(
        'Un code de secours a été utilisé',
        `quelqu’un, vous espérons-le, s’est connecté à Chatr avec un de vos codes de secours, qui n’est plus valable. Codes restants : ${left}.`,
        where,
      ),
    passkeyAdded: ({ name, ...where }) => ({
      ...notice(
        'Une clé d’accès a été ajoutée',
        `la clé d’accès « ${name} » vous permet désormais de vous connecter à Chatr sans mot de passe.`,
        where,
      ),
      footnote:
        'Si ce n’était pas vous, choisissez tout de suite un nouveau mot de passe, puis supprimez cette clé dans les réglages : quiconque la détient peut se connecter.',
    }),
    passkeyRemoved: ({ name, ...where }) =>
      notice(
        'Une clé d’accès a été supprimée',
        `la clé d’accès « ${name} » ne permet plus de se connecter à Chatr.`,
        where,
      ),
    passkeyCloned: ({ name, ...where }) => ({
      ...notice(
        'Une clé d’accès a été refusée',
        `quelqu’un a voulu se connecter à Chatr avec la clé d’accès « ${name} », et ce semblait être une copie. La connexion a échoué.`,
        where,
      ),
      footnote:
        'Supprimez cette clé dans les réglages et ajoutez-en une autre. Votre mot de passe et vos autres clés fonctionnent toujours.',
    }),
    verification: ({ username }) => ({
      subject: 'Confirmez votre adresse e-mail',
      paragraphs: [`ce code termine l’inscription de @${username} sur Chatr. ${EXPIRY}`],
      footnote: `Si vous ne vous êtes pas inscrit comme @${username}, n’utilisez pas ce code : le compte serait celui d’une autre personne.`,
    }),
    alreadyRegistered: () => ({
      subject: 'Vous avez déjà un compte',
      paragraphs: [
        'quelqu’un, sans doute vous, a voulu s’inscrire sur Chatr avec cette adresse, qui appartient déjà à votre compte.',
        'Connectez-vous avec votre mot de passe, ou choisissez-en un nouveau si vous l’avez oublié.',
      ],
      link: 'Se connecter',
      footnote: NOTHING_TO_DO,
    }),
    passwordReset: () => ({
      subject: 'Choisissez un nouveau mot de passe',
      paragraphs: [`ce code vous permet de choisir un nouveau mot de passe sur Chatr. ${EXPIRY}`],
      footnote: IGNORE,
    }),
    passwordChanged: () => ({
      subject: 'Votre mot de passe a été changé',
      paragraphs: [
        'votre mot de passe sur Chatr a été changé avec un code envoyé par e-mail, et tous les appareils ont été déconnectés.',
      ],
      footnote:
        'Si ce n’était pas vous, quelqu’un lit vos e-mails : sécurisez d’abord ce compte, puis choisissez ici un nouveau mot de passe.',
    }),
    ownPasswordChanged: (where) =>
      notice(
        'Votre mot de passe a été changé',
        'votre mot de passe sur Chatr a été changé dans les paramètres, et tous les autres appareils ont été déconnectés.',
        where,
      ),
    identityLinked: ({ provider, label }) => ({
      subject: `Votre compte est lié à ${provider}`,
      paragraphs: [`désormais, ${label} chez ${provider} peut se connecter à votre compte Chatr.`],
      link: 'Voir comment vous vous connectez',
      footnote:
        'Si ce n’était pas vous, supprimez ce lien à cette page, choisissez un nouveau mot de passe et prévenez l’administration de ce serveur.',
    }),
    invitation: ({ invitedBy }) => ({
      subject: `${invitedBy} vous invite sur Chatr`,
      paragraphs: [
        `${invitedBy} vous invite à rejoindre la conversation sur Chatr. L’invitation est valable ${invitationLifetime('fr')}, pour cette adresse seulement.`,
      ],
      link: 'Accepter l’invitation',
      footnote: 'Si vous ne savez pas qui c’est, ignorez ce message.',
    }),
    emailChangePresent: ({ email }) => ({
      subject: 'Confirmez votre nouvelle adresse e-mail',
      paragraphs: [
        `votre compte Chatr doit recevoir l’adresse ${email} à la place de celle-ci. Saisissez ce code avec celui qui y a été envoyé. ${EXPIRY}`,
      ],
      footnote:
        'Si vous n’avez rien demandé, ne donnez ce code à personne et choisissez un nouveau mot de passe : quelqu’un est connecté à votre place et le connaît.',
    }),
    emailChangeNew: ({ username }) => ({
      subject: 'Confirmez votre nouvelle adresse e-mail',
      paragraphs: [
        `cette adresse doit appartenir au compte @${username} sur Chatr. Saisissez ce code avec celui qui a été envoyé à l’adresse actuelle. ${EXPIRY}`,
      ],
      footnote: IGNORE,
    }),
    emailTaken: () => ({
      subject: 'Cette adresse a déjà un compte',
      paragraphs: [
        'quelqu’un, peut-être vous, a voulu utiliser cette adresse pour un autre compte sur Chatr. Elle appartient déjà au vôtre, et rien n’a été changé.',
      ],
      link: 'Se connecter',
      footnote: NOTHING_TO_DO,
    }),
    emailChanged: ({ from, to }) => ({
      subject: 'Votre adresse e-mail a été changée',
      paragraphs: [
        `l’adresse de votre compte Chatr était ${from} ; c’est maintenant ${to}. Vos appareils restent connectés.`,
        'Les réglages montrent où vous êtes connecté et permettent de mettre fin à chaque session.',
      ],
      link: 'Voir vos appareils',
      footnote: 'Si ce n’était pas vous, prévenez l’administration de ce serveur.',
    }),
    phoneChanged: ({ phone }) => ({
      subject: 'Votre numéro de téléphone a été changé',
      paragraphs: [`le numéro de téléphone de votre compte Chatr est maintenant ${phone}.`],
      link: 'Voir vos réglages',
      footnote: CHOOSE_PASSWORD,
    }),
    phoneRemoved: ({ phone }) => ({
      subject: 'Votre numéro de téléphone a été retiré',
      paragraphs: [`le numéro ${phone} n’appartient plus à votre compte Chatr.`],
      link: 'Voir vos réglages',
      footnote: CHOOSE_PASSWORD,
    }),
    roleChanged: ({ admin }) => ({
      subject: admin ? 'Vous administrez désormais Chatr' : 'Vous n’administrez plus Chatr',
      paragraphs: [
        admin
          ? 'vous administrez désormais ce serveur Chatr : vous pouvez y inviter des personnes, les exclure et lire son journal d’audit.'
          : 'votre compte Chatr est redevenu un compte ordinaire. Vos conversations restent telles quelles.',
      ],
      link: 'Voir vos réglages',
      footnote: 'Si vous ne vous y attendiez pas, demandez aux administrateurs de ce serveur.',
    }),
    factorsReset: () => ({
      subject: 'Vos seconds facteurs ont été réinitialisés',
      paragraphs: [
        'un administrateur a retiré tout ce que vos connexions à Chatr demandaient en plus du mot de passe : application d’authentification, codes de secours, clés d’accès et appareils connus. Configurez-les à nouveau dans vos réglages.',
      ],
      link: 'Voir vos réglages',
      footnote:
        'Si vous ne l’avez pas demandé, choisissez un nouveau mot de passe et demandez aux administrateurs de ce serveur.',
    }),
  },
  texts: {
    loginCode: ({ code }) => `${code} est votre code pour vous connecter à Chatr. ${EXPIRY} Ne le donnez à personne.`,
    phoneCode: ({ code }) =>
      `${code} est votre code pour confirmer ce numéro sur Chatr. ${EXPIRY} Ne le donnez à personne.`,
    phoneTaken: () =>
      'Quelqu’un a voulu utiliser ce numéro pour un autre compte sur Chatr. Il appartient déjà au vôtre ; rien n’a été changé.',
    phoneChanged: () =>
      'Votre compte Chatr a maintenant un autre numéro. Si ce n’était pas vous, choisissez un nouveau mot de passe.',
    phoneRemoved: () =>
      'Ce numéro n’appartient plus à votre compte Chatr. Si ce n’était pas vous, choisissez un nouveau mot de passe.',
  },
};
