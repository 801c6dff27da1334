import { ValidateBy } from 'class-validator';
import { LIMITS } from '@chatr/contracts';

/** Why a password has not the form of one, in words for a person; undefined when it has. Length counts in bytes of UTF-8. */
export function passwordProblem(password: string): string | undefined {
  const bytes = Buffer.byteLength(password);
  if (bytes < LIMITS.passwordMinLength) return `password must have at least ${LIMITS.passwordMinLength} characters`;
  if (bytes > LIMITS.passwordBytes) return `password must have at most ${LIMITS.passwordBytes} bytes`;
  if (password.includes('\0')) return 'password may not hold the NUL character';
  return undefined;
}

/**
 * A password of a form that may be chosen: long enough, and not longer than what is hashed. Whether it is strong enough for whom
 * it is for is `requireStrength`'s to say: that is work, and comes after the throttle.
 */
export function IsNewPassword(): PropertyDecorator {
  return ValidateBy({
    name: 'isNewPassword',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && passwordProblem(value) === undefined,
      // The message must not repeat the password.
      defaultMessage: (args) =>
        typeof args?.value === 'string' ? (passwordProblem(args.value) ?? '') : 'password must be a string',
    },
  });
}
