import { Transform } from 'class-transformer';
import { buildMessage, ValidateBy } from 'class-validator';
import { isReadableName, isReadableText, normaliseEmail, normaliseUsername, usernameProblem } from './names.js';
import { normalisePhone } from './phone.js';

/** Applies `change` to a text before it is validated; anything else is left for the validators to refuse. */
function changed(change: (value: string) => string): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? change(value) : value));
}

/** Brings an e-mail address into its one form. */
export const NormalisedEmail = (): PropertyDecorator => changed(normaliseEmail);

/** Brings a username into its one form. */
export const NormalisedUsername = (): PropertyDecorator => changed(normaliseUsername);

/** Brings a phone number into E.164, if it is one. */
export const NormalisedPhone = (): PropertyDecorator => changed((value) => normalisePhone(value) ?? value);

export const Trimmed = (): PropertyDecorator => changed((value) => value.trim());

/** A username that may be chosen: allowed characters and length, not reserved. */
export function IsUsername(): PropertyDecorator {
  return ValidateBy({
    name: 'isUsername',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && usernameProblem(value) === undefined,
      defaultMessage: (args) =>
        typeof args?.value === 'string' ? (usernameProblem(args.value) ?? '') : 'username must be a string',
    },
  });
}

/** A name that people can read: something visible, no control characters. */
export function IsReadableName(): PropertyDecorator {
  return ValidateBy({
    name: 'isReadableName',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isReadableName(value),
      defaultMessage: buildMessage((each) => `${each}$property must be readable text without control characters`),
    },
  });
}

/** One line that people can read, or nothing at all. */
export function IsReadableLine(): PropertyDecorator {
  return ValidateBy({
    name: 'isReadableLine',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && (value === '' || isReadableName(value)),
      defaultMessage: buildMessage((each) => `${each}$property must be readable text without control characters`),
    },
  });
}

/** Text that may be empty and may have several lines, without control characters. */
export function IsReadableText(): PropertyDecorator {
  return ValidateBy({
    name: 'isReadableText',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isReadableText(value),
      defaultMessage: buildMessage((each) => `${each}$property must be text without control characters`),
    },
  });
}

/** A phone number that could exist, in E.164. */
export function IsPhone(): PropertyDecorator {
  return ValidateBy({
    name: 'isPhone',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && normalisePhone(value) === value,
      defaultMessage: buildMessage(
        (each) => `${each}$property must be a phone number with its country, for example +49 30 901820`,
      ),
    },
  });
}
