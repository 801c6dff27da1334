import { ValidateBy } from 'class-validator';
import { LIMITS } from '@chatr/contracts';

/** The passwords that every list of leaks begins with, and of at least the minimum length. */
const COMMONEST = new Set([
  '00000000',
  '11111111',
  '12341234',
  '12344321',
  '123123123',
  '12345678',
  '123456789',
  '1234567890',
  '123456abc',
  '1q2w3e4r',
  '1q2w3e4r5t',
  '1qaz2wsx',
  '22222222',
  '66666666',
  '87654321',
  '88888888',
  '987654321',
  '99999999',
  'a1234567',
  'aa123456',
  'aaaaaaaa',
  'abc12345',
  'abcd1234',
  'abcdefgh',
  'asdasdasd',
  'asdf1234',
  'asdfasdf',
  'asdfghjk',
  'asdfghjkl',
  'baseball',
  'changeme',
  'chatr123',
  'computer',
  'football',
  'iloveyou',
  'iloveyou1',
  'internet',
  'jennifer',
  'letmein1',
  'liverpool',
  'michelle',
  'passw0rd',
  'password',
  'password!',
  'password1',
  'password12',
  'password123',
  'princess',
  'princess1',
  'q1w2e3r4',
  'qazwsxedc',
  'qwer1234',
  'qwerty12',
  'qwerty123',
  'qwertyui',
  'qwertyuiop',
  'samantha',
  'starwars',
  'sunshine',
  'superman',
  'test1234',
  'trustno1',
  'welcome1',
  'welcome123',
  'whatever',
  'zaq12wsx',
  'zxcvbnm1',
  'zxcvbnm123',
]);

/** Why a password may not be chosen, in words for a person; undefined when it may. Length counts in bytes of UTF-8. */
export function passwordProblem(password: string): string | undefined {
  const bytes = Buffer.byteLength(password);
  if (bytes < LIMITS.passwordMinLength) return `password must have at least ${LIMITS.passwordMinLength} characters`;
  if (bytes > LIMITS.passwordBytes) return `password must have at most ${LIMITS.passwordBytes} bytes`;
  if (password.includes('\0')) return 'password may not hold the NUL character';
  if (COMMONEST.has(password.toLowerCase())) return 'password is one of the first that anybody would try';
  return undefined;
}

/** A password that may be chosen: long enough, not longer than what is hashed, not one of the commonest. */
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
