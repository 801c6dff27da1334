import { createHmac, randomBytes } from 'node:crypto';

/** Made anew for each run: it opens nothing afterwards. */
export const JWT_SECRET = randomBytes(32).toString('hex');

const HOUR_SECONDS = 3_600;

/** An access token as Chatr signs them. */
export function accessToken(userId: string, sessionId: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: 'chatr', sub: userId, sid: sessionId, role: 'user', iat: now, exp: now + HOUR_SECONDS };
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${body}.${createHmac('sha256', JWT_SECRET).update(body).digest('base64url')}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
