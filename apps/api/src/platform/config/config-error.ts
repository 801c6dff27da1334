import type { ConfigProblem } from './environment-reader.js';

/** Thrown when the environment cannot be used; the message names every bad or missing variable. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly ConfigProblem[]) {
    super(
      ['The configuration is not usable:', ...problems.map(({ name, message }) => `  ${name} ${message}`)].join('\n'),
    );
    this.name = 'ConfigError';
  }
}
