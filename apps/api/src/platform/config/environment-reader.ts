/** What is wrong with one environment variable, in words for the person who starts the server. */
export interface ConfigProblem {
  name: string;
  message: string;
}

/** Reads typed values from the environment and collects every problem, so that one error can name them all. */
export class EnvironmentReader {
  readonly problems: ConfigProblem[] = [];

  constructor(private readonly environment: NodeJS.ProcessEnv) {}

  /** The trimmed value, or undefined where the variable is unset or empty. */
  text(name: string): string | undefined {
    const value = this.environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = Number(value);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    this.refuse(name, `must be a whole number from ${min} to ${max}, not "${value}"`);
    return fallback;
  }

  choice<const T extends string>(name: string, options: readonly T[], fallback: T): T {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const found = options.find((option) => option === value);
    if (found !== undefined) return found;
    this.refuse(name, `must be one of ${options.join(', ')}, not "${value}"`);
    return fallback;
  }

  /** A URL with one of the given protocols (with their colon). Its text stays out of the problem: it may hold a password. */
  url(name: string, protocols: readonly string[]): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value;
    this.refuse(name, `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
    return undefined;
  }

  /** Comma-separated URLs, each as `url` takes them. None where the variable is unset or one of them is wrong. */
  urls(name: string, protocols: readonly string[]): string[] {
    const values = (this.text(name) ?? '').split(',').map((value) => value.trim());
    const given = values.filter((value) => value !== '');
    if (given.every((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol))) return given;
    const starts = protocols.map((protocol) => `${protocol}//`).join(' or ');
    this.refuse(name, `must be a URL that starts with ${starts}, or several, separated by commas`);
    return [];
  }

  /** Comma-separated secrets, the first of which signs and all of which verify. */
  secrets(name: string, minLength: number): string[] {
    const values = (this.text(name) ?? '').split(',').map((value) => value.trim());
    const given = values.filter((value) => value !== '');
    if (given.some((value) => value.length < minLength)) {
      this.refuse(name, `must hold secrets of at least ${minLength} characters, separated by commas`);
    }
    return given;
  }

  refuse(name: string, message: string): void {
    this.problems.push({ name, message });
  }
}
