import type { Catalogue, MailWords, Whereabouts } from '../catalogue.js';
import { codeLifetime, invitationLifetime } from '../durations.js';

const EXPIRY = `Es válido durante ${codeLifetime('es')}.`;
const IGNORE = 'Si no lo has pedido, ignora este mensaje: sin el código no pasa nada.';
const NOTHING_TO_DO = 'Si no has sido tú, no tienes que hacer nada.';
const CHOOSE_PASSWORD = 'Si no has sido tú, elige una contraseña nueva: alguien ha iniciado sesión en tu nombre.';

const ADVICE =
  'Si no has sido tú, elige ahora una contraseña nueva: así se cierra la sesión en todos los dispositivos.';

/** A mail about something that was done to the account, and from where. */
function notice(subject: string, text: string, { device, address, place, time }: Whereabouts): MailWords {
  const where = place === '' ? '' : `Lugar: ${place}. `;
  const what = `Dispositivo: ${device ?? 'desconocido'}. `;
  const facts = `${what}${where}Dirección: ${address}. Hora: ${time}.`;
  return { subject, paragraphs: [text, facts], link: 'Elegir una contraseña nueva', footnote: ADVICE };
}

export const es: Catalogue = {
  greeting: (name) => (name === undefined ? 'Hola:' : `Hola, ${name}:`),
  mails: {
    loginCode: () => ({
      subject: 'Tu código para iniciar sesión',
      paragraphs: [`Este código completa tu inicio de sesión en Chatr. ${EXPIRY}`],
      footnote:
        'Si no estás iniciando sesión ahora mismo, alguien conoce tu contraseña: elige otra. No des este código a nadie.',
    }),
    newDevice: (where) =>
      notice(
        'Dispositivo nuevo',
        'Se acaba de iniciar sesión en tu cuenta de Chatr desde un dispositivo nuevo.',
        where,
      ),
    codesGuessed: (where) =>
      notice(
        'Puede que alguien conozca tu contraseña',
        'Alguien ha introducido tu contraseña en Chatr y después cinco códigos incorrectos. No ha podido entrar.',
        where,
      ),
    twoStepOn: (where) =>
      notice(
        'La verificación en dos pasos está activada',
        'A partir de ahora, para iniciar sesión en Chatr hace falta un código de tu aplicación de autenticación.',
        where,
      ),
    twoStepOff: (where) =>
      notice(
        'La verificación en dos pasos está desactivada',
        'Para iniciar sesión en Chatr ya no hace falta un código de tu aplicación de autenticación.',
        where,
      ),
    recoveryCodesRenewed: (where) =>
      notice(
        'Tienes códigos de recuperación nuevos',
        'Se han creado códigos de recuperación nuevos para tu cuenta de Chatr. Los anteriores ya no sirven.',
        where,
      ),
    recoveryCodeUsed: ({ left, ...where }) =>
      notice(
        'Se ha usado un código de recuperación',
        `Alguien, esperamos que tú, ha iniciado sesión en Chatr con uno de tus códigos de recuperación, que ya no sirve. Códigos que quedan: ${left}.`,
        where,
      ),
    passkeyAdded: ({ name, ...where }) => ({
      ...notice(
        'Se ha añadido una llave de acceso',
        `La llave de acceso «${name}» ya te permite iniciar sesión en Chatr sin contraseña.`,
        where,
      ),
      footnote:
        'Si no has sido tú, elige ahora una contraseña nueva y después elimina esta llave en los ajustes: con ella puede entrar quien la tenga.',
    }),
    passkeyRemoved: ({ name, ...where }) =>
      notice(
        'Se ha eliminado una llave de acceso',
        `La llave de acceso «${name}» ya no permite iniciar sesión en Chatr.`,
        where,
      ),
    passkeyCloned: ({ name, ...where }) => ({
      ...notice(
        'Se ha rechazado una llave de acceso',
        `Alguien ha intentado iniciar sesión en Chatr con la llave de acceso «${name}», y parecía una copia. No ha podido entrar.`,
        where,
      ),
      footnote: 'Elimina esta llave en los ajustes y añade otra. Tu contraseña y tus otras llaves siguen funcionando.',
    }),
    verification: ({ username }) => ({
      subject: 'Confirma tu dirección de correo',
      paragraphs: [`Este código completa el registro de @${username} en Chatr. ${EXPIRY}`],
      footnote: `Si no te has registrado como @${username}, no uses el código: la cuenta sería de otra persona.`,
    }),
    alreadyRegistered: () => ({
      subject: 'Ya tienes una cuenta',
      paragraphs: [
        'Alguien, probablemente tú, ha intentado registrarse en Chatr con esta dirección, que ya pertenece a tu cuenta.',
        'Inicia sesión con tu contraseña, o elige una nueva si la has olvidado.',
      ],
      link: 'Iniciar sesión',
      footnote: NOTHING_TO_DO,
    }),
    passwordReset: () => ({
      subject: 'Elige una contraseña nueva',
      paragraphs: [`Con este código puedes elegir una contraseña nueva en Chatr. ${EXPIRY}`],
      footnote: IGNORE,
    }),
    passwordChanged: () => ({
      subject: 'Tu contraseña ha cambiado',
      paragraphs: [
        'Tu contraseña de Chatr se ha cambiado con un código enviado por correo, y se ha cerrado la sesión en todos los dispositivos.',
      ],
      footnote:
        'Si no has sido tú, alguien puede leer tu correo: protege primero esa cuenta y después elige aquí una contraseña nueva.',
    }),
    ownPasswordChanged: (where) =>
      notice(
        'Tu contraseña ha cambiado',
        'Tu contraseña de Chatr se ha cambiado en los ajustes, y se ha cerrado la sesión en los demás dispositivos.',
        where,
      ),
    identityLinked: ({ provider, label }) => ({
      subject: `Tu cuenta está vinculada con ${provider}`,
      paragraphs: [`A partir de ahora, ${label} de ${provider} puede iniciar sesión en tu cuenta de Chatr.`],
      link: 'Ver cómo inicias sesión',
      footnote:
        'Si no has sido tú, desvincúlala allí, elige una contraseña nueva y avisa a la administración de este servidor.',
    }),
    invitation: ({ invitedBy }) => ({
      subject: `${invitedBy} te invita a Chatr`,
      paragraphs: [
        `${invitedBy} te invita a unirte a la conversación en Chatr. La invitación es válida durante ${invitationLifetime('es')}, solo para esta dirección.`,
      ],
      link: 'Aceptar la invitación',
      footnote: 'Si no sabes quién es, ignora este mensaje.',
    }),
    emailChangePresent: ({ email }) => ({
      subject: 'Confirma tu nueva dirección de correo',
      paragraphs: [
        `Tu cuenta de Chatr va a tener la dirección ${email} en lugar de esta. Escribe este código junto con el que se ha enviado allí. ${EXPIRY}`,
      ],
      footnote:
        'Si no lo has pedido, no des el código a nadie y elige una contraseña nueva: alguien ha iniciado sesión en tu nombre y la conoce.',
    }),
    emailChangeNew: ({ username }) => ({
      subject: 'Confirma tu nueva dirección de correo',
      paragraphs: [
        `Esta dirección va a pertenecer a la cuenta @${username} de Chatr. Escribe este código junto con el que se ha enviado a la dirección actual. ${EXPIRY}`,
      ],
      footnote: IGNORE,
    }),
    emailTaken: () => ({
      subject: 'Esta dirección ya tiene una cuenta',
      paragraphs: [
        'Alguien, quizá tú, ha querido usar esta dirección para otra cuenta de Chatr. Ya pertenece a la tuya, y no se ha cambiado nada.',
      ],
      link: 'Iniciar sesión',
      footnote: NOTHING_TO_DO,
    }),
    emailChanged: ({ from, to }) => ({
      subject: 'Tu dirección de correo ha cambiado',
      paragraphs: [
        `La dirección de tu cuenta de Chatr era ${from} y ahora es ${to}. Tus dispositivos siguen con la sesión iniciada.`,
        'En los ajustes ves dónde has iniciado sesión y puedes cerrar cualquiera de ellas.',
      ],
      link: 'Ver tus dispositivos',
      footnote: 'Si no has sido tú, avisa a la administración de este servidor.',
    }),
    phoneChanged: ({ phone }) => ({
      subject: 'Tu número de teléfono ha cambiado',
      paragraphs: [`El número de teléfono de tu cuenta de Chatr es ahora ${phone}.`],
      link: 'Ver tus ajustes',
      footnote: CHOOSE_PASSWORD,
    }),
    phoneRemoved: ({ phone }) => ({
      subject: 'Tu número de teléfono se ha quitado',
      paragraphs: [`El número ${phone} ya no pertenece a tu cuenta de Chatr.`],
      link: 'Ver tus ajustes',
      footnote: CHOOSE_PASSWORD,
    }),
    roleChanged: ({ admin }) => ({
      subject: admin ? 'Ahora administras Chatr' : 'Ya no administras Chatr',
      paragraphs: [
        admin
          ? 'Ahora administras este servidor de Chatr: puedes invitar y excluir a personas y leer su registro de auditoría.'
          : 'Tu cuenta de Chatr vuelve a ser una cuenta normal. Tus chats siguen como estaban.',
      ],
      link: 'Ver tus ajustes',
      footnote: 'Si no lo esperabas, pregunta a los administradores de este servidor.',
    }),
    factorsReset: () => ({
      subject: 'Tus segundos factores se han restablecido',
      paragraphs: [
        'Un administrador ha quitado todo lo que tus inicios de sesión en Chatr pedían además de la contraseña: aplicación de autenticación, códigos de recuperación, llaves de acceso y dispositivos conocidos. Vuelve a configurarlos en tus ajustes.',
      ],
      link: 'Ver tus ajustes',
      footnote: 'Si no lo pediste, elige una contraseña nueva y pregunta a los administradores de este servidor.',
    }),
  },
  texts: {
    loginCode: ({ code }) => `${code} es tu código para iniciar sesión en Chatr. ${EXPIRY} No se lo des a nadie.`,
    phoneCode: ({ code }) =>
      `${code} es tu código para confirmar este número en Chatr. ${EXPIRY} No se lo des a nadie.`,
    phoneTaken: () =>
      'Alguien ha querido usar este número para otra cuenta de Chatr. Ya pertenece a la tuya; no se ha cambiado nada.',
    phoneChanged: () =>
      'Tu cuenta de Chatr tiene ahora otro número de teléfono. Si no has sido tú, elige una contraseña nueva.',
    phoneRemoved: () =>
      'Este número ya no pertenece a tu cuenta de Chatr. Si no has sido tú, elige una contraseña nueva.',
  },
};
