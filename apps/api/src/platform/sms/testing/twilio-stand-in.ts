import type { Manners, TakenMessage } from './provider-stand-in.js';

/** What the stand-in takes for an account. */
export const TWILIO_ACCOUNT = { sid: 'AC0123456789abcdef0123456789abcdef', token: 'a/token+with:signs' };

const STATUS = { throttled: 429, broken: 503, refused: 400 } as const;
const CODES = { throttled: 20429, broken: 20500, refused: 21211 } as const;

/** Twilio's "create a message": the path names the account, Basic authentication proves it, the form holds the message. */
export const TWILIO: Manners = {
  read(request, body): TakenMessage {
    const path = `/2010-04-01/Accounts/${TWILIO_ACCOUNT.sid}/Messages.json`;
    if (request.method !== 'POST' || request.url !== path) throw new Error(`${request.method} ${request.url}`);
    const basic = Buffer.from(`${TWILIO_ACCOUNT.sid}:${TWILIO_ACCOUNT.token}`).toString('base64');
    if (request.headers.authorization !== `Basic ${basic}`) throw new Error('wrong Basic authentication');
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('application/x-www-form-urlencoded')) throw new Error(`a body of type ${type}`);
    const form = new URLSearchParams(body);
    const names = [...form.keys()].sort().join();
    if (names !== 'Body,From,To' && names !== 'Body,MessagingServiceSid,To') throw new Error(`the fields ${names}`);
    const sender = form.get('From') ?? form.get('MessagingServiceSid') ?? '';
    return { to: form.get('To') ?? '', text: form.get('Body') ?? '', sender };
  },
  accepted: () => json(201, { sid: 'SM0123456789abcdef0123456789abcdef', status: 'queued', error_code: null }),
  trouble: (trouble, { to }) =>
    json(STATUS[trouble], {
      code: CODES[trouble],
      message: `The 'To' number ${to} has trouble`,
      status: STATUS[trouble],
    }),
  unauthorised: () => json(401, { code: 20003, message: 'Authenticate', status: 401 }),
};

function json(status: number, body: object): { status: number; type: string; body: string } {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}
