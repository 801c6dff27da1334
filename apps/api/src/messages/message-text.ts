import { Transform } from 'class-transformer';
import { registerDecorator } from 'class-validator';

/** Control characters other than tab and line feed: they do nothing in a message, and PostgreSQL refuses the first of them. */
const CONTROL = /(?![\t\n])\p{Cc}/u;
/** Something other than spaces and the invisible characters that join, part and direct others. */
const VISIBLE = /[^\s\p{Cf}\u2800\u3164]/u;

/** Whether a text can be a message: something to see, well-formed Unicode, no control characters. */
export function messageTextProblem(text: string): string | undefined {
  if (!text.isWellFormed()) return 'content must be well-formed Unicode';
  if (CONTROL.test(text)) return 'content must not hold control characters';
  if (!VISIBLE.test(text)) return 'content must not be empty';
  return undefined;
}

/** Gives every line of a text the same end: Windows and old Macs write others. */
export function NormalisedLines(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replaceAll(/\r\n?/g, '\n') : value,
  );
}

/** Validates the text of a message. */
export function IsMessageText(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isMessageText',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => typeof value === 'string' && messageTextProblem(value) === undefined,
        defaultMessage: (problem) =>
          typeof problem?.value === 'string' ? (messageTextProblem(problem.value) ?? '') : 'content must be a text',
      },
    });
}
