import type { LIMITS } from '@chatr/contracts';

// Types of the contracts only, so a limit that changes there fails the build here.
export const PASSWORD_MIN_LENGTH: (typeof LIMITS)['passwordMinLength'] = 8;
const PASSWORD_BYTES: (typeof LIMITS)['passwordBytes'] = 72;
const USERNAME_LENGTH: (typeof LIMITS)['usernameLength'] = 30;
const DISPLAY_NAME_LENGTH: (typeof LIMITS)['displayNameLength'] = 80;

/** Each of these says what is wrong, in words; undefined: nothing is. The server has the last word. */
export function emailProblem(email: string): string | undefined {
  if (email.trim() === '') return 'Enter your e-mail address.';
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/u.test(email.trim()) ? undefined : 'This does not look like an e-mail address.';
}

export function usernameProblem(username: string): string | undefined {
  const name = username.normalize('NFKC').trim().toLowerCase();
  if (name.length < 3) return 'Choose at least 3 characters.';
  if (name.length > USERNAME_LENGTH) return `Choose at most ${USERNAME_LENGTH} characters.`;
  if (!/^[a-z0-9_.-]*$/u.test(name)) return 'Use letters a–z, digits, and _ . - only.';
  return /^[a-z0-9].*[a-z0-9_]$/u.test(name) ? undefined : 'Begin with a letter or digit, and do not end with . or -';
}

export function displayNameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'Enter the name others will see.';
  return name.trim().length > DISPLAY_NAME_LENGTH ? `Keep it to ${DISPLAY_NAME_LENGTH} characters.` : undefined;
}

export function passwordProblem(password: string): string | undefined {
  const bytes = new TextEncoder().encode(password).length;
  if (bytes < PASSWORD_MIN_LENGTH) return `Use at least ${PASSWORD_MIN_LENGTH} characters.`;
  return bytes > PASSWORD_BYTES ? 'This is longer than passwords can be here.' : undefined;
}
