import { randomBytes } from 'node:crypto';
import { Secret } from 'otpauth';

/** How many codes a set has. */
export const RECOVERY_CODES = 10;
/** 80 bits: nobody guesses one, however they go about it. */
const BYTES = 10;

/** What people take for a letter of the alphabet that has no such digit. */
const MISREAD: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '8': 'B' };

/** A set of codes as people get to see them: four groups of four letters and digits (base32). */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const { base32 } = new Secret({ buffer: new Uint8Array(randomBytes(BYTES)).buffer });
    return base32.match(/.{4}/g)?.join('-') ?? base32;
  });
}

/** The one form of a code, however it was typed. */
export function normaliseRecoveryCode(code: string): string {
  return code
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/[018]/g, (character) => MISREAD[character] ?? character);
}
