import type { Catalogue } from '../catalogue.js';
import { codeLifetime, invitationLifetime } from '../durations.js';

const EXPIRY = `Es válido durante ${codeLifetime('es')}.`;
const IGNORE = 'Si no lo has pedido, ignora este mensaje: sin el código no pasa nada.';
const NOTHING_TO_DO = 'Si no has sido tú, no tienes que hacer nada.';
const CHOOSE_PASSWORD = 'Si no has sido tú, elige una contraseña nueva: alguien ha iniciado sesión en tu nombre.';

export const es: Catalogue = {
  greeting: (name) => (name === undefined ? 'Hola:' : `Hola, ${name}:`),
  mails: {
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
  },
  texts: {
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
