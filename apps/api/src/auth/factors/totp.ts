import { Secret, TOTP } from 'otpauth';

const SECRET_BYTES = 20;
const PERIOD_SECONDS = 30;
/** How many steps a clock may be off, either way. */
const DRIFT = 1;
const ISSUER = 'Chatr';

/** A new secret for an authenticator app. */
export function newTotpSecret(): Buffer {
  return Buffer.from(new Secret({ size: SECRET_BYTES }).bytes);
}

/** What the app is told: 30 s, six digits, SHA-1, as every app understands. @param label the account, shown in the app */
export function enrolment(secret: Buffer, label: string): { secret: string; otpauthUrl: string } {
  const totp = generator(secret, label);
  return { secret: totp.secret.base32, otpauthUrl: totp.toString() };
}

/** The step (of 30 s since 1970) whose code this is, if it is one of the present step or its neighbours. */
export function stepOf(secret: Buffer, code: string, at: number = Date.now()): number | undefined {
  const delta = generator(secret).validate({ token: code, timestamp: at, window: DRIFT });
  return delta === null ? undefined : Math.floor(at / 1_000 / PERIOD_SECONDS) + delta;
}

function generator(secret: Buffer, label = ''): TOTP {
  const bytes = new Uint8Array(secret);
  return new TOTP({
    issuer: ISSUER,
    label,
    secret: new Secret({ buffer: bytes.buffer }),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
  });
}
