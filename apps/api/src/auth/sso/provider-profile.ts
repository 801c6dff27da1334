import { isEmail } from 'class-validator';
import type { RoleClaim } from '../../platform/index.js';
import { normaliseEmail } from '../../users/index.js';

const SUBJECT_LENGTH = 255;
const EMAIL_LENGTH = 254;
const TEXT_LENGTH = 200;

/** Claims that were verified: whatever the provider's tokens say, so anything may stand in them. */
export type Claims = Readonly<Record<string, unknown>>;

/** What the provider says of somebody. */
export interface ProviderProfile {
  issuer: string;
  subject: string;
  /** Normalised; undefined unless the provider has made sure that it is theirs. */
  verifiedEmail: string | undefined;
  /** What the person recognises this identity by. */
  label: string;
  /** What they may want to be called, the best first. */
  usernames: readonly string[];
  displayNames: readonly string[];
  /** Undefined where the provider has no say in roles. */
  isAdministrator: boolean | undefined;
}

/**
 * Reads what matters to us from an ID token and, where it was asked for, the answer of the userinfo endpoint. An address and
 * its being verified are taken from the same place, never one from each.
 * @returns undefined when the subject is not one that the specification allows
 */
export function readProfile(
  idToken: Claims,
  userInfo: Claims,
  roles: RoleClaim | undefined,
): ProviderProfile | undefined {
  const { iss: issuer, sub: subject } = idToken;
  if (typeof issuer !== 'string' || typeof subject !== 'string') return undefined;
  if (subject === '' || subject.length > SUBJECT_LENGTH) return undefined;
  const claims: Claims = { ...userInfo, ...idToken };
  const verifiedEmail = [idToken, userInfo].map(verifiedEmailOf).find((email) => email !== undefined);
  const texts = (...names: string[]): string[] =>
    names.map((name) => textOf(claims[name])).filter((text) => text !== '');
  const fullName = texts('given_name', 'family_name').join(' ');
  const localPart = verifiedEmail?.slice(0, verifiedEmail.lastIndexOf('@')) ?? '';
  const written = texts('preferred_username', 'nickname');
  return {
    issuer,
    subject,
    verifiedEmail,
    label: verifiedEmail ?? texts('email', 'preferred_username', 'name')[0] ?? subject,
    usernames: [...written.map((name) => name.replace(/@.*$/u, '')), localPart],
    displayNames: [...texts('name'), fullName, ...written, localPart].filter((name) => name !== ''),
    isAdministrator: roles && roles.adminValues.some((value) => valuesOf(claims, roles.claim).includes(value)),
  };
}

/** Whether something that may be asked for at the userinfo endpoint is not in the ID token. */
export function leavesOut(idToken: Claims, roles: RoleClaim | undefined): boolean {
  const wanted = ['email', 'email_verified', 'name'].some((name) => idToken[name] === undefined);
  return wanted || (roles !== undefined && claimAt(idToken, roles.claim) === undefined);
}

/** Only `true` itself counts: what a provider means by anything else is anybody's guess. */
function verifiedEmailOf(claims: Claims): string | undefined {
  const { email, email_verified: verified } = claims;
  if (verified !== true || typeof email !== 'string') return undefined;
  const normalised = normaliseEmail(email);
  return normalised.length <= EMAIL_LENGTH && isEmail(normalised) ? normalised : undefined;
}

/** It stands in mails and on screens: on one line. */
function textOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, TEXT_LENGTH);
}

function valuesOf(claims: Claims, name: string): unknown[] {
  const value = claimAt(claims, name);
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** By its name, which may hold dots (`https://example.org/roles`), else by its path (`realm_access.roles`). */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((inside, key) => (isRecord(inside) ? inside[key] : undefined), claims);
}

function isRecord(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null;
}
