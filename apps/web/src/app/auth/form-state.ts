import { signal } from '@angular/core';
import { ChatrError } from '@chatr/client';
import { errorWords } from '../core';

/** What a form shows beside its fields: what is wrong with each, what is wrong with all of it, and whether it is being sent. */
export class FormState<Field extends string> {
  readonly busy = signal(false);
  readonly errors = signal<Partial<Record<Field, string>>>({});
  readonly problem = signal<string | undefined>(undefined);

  /** @param fields those that the server may name in a refusal */
  constructor(private readonly fields: readonly Field[]) {}

  /**
   * Sends the form once nothing is wrong with it. Whether it went through; refusals land beside the fields they name.
   * @param elsewhere handles the refusals that this form treats in its own way; true: it did
   */
  async submit(
    problems: Partial<Record<Field, string | undefined>>,
    action: () => Promise<unknown>,
    elsewhere: (error: ChatrError) => boolean = () => false,
  ): Promise<boolean> {
    const errors = this.only(problems);
    this.errors.set(errors);
    this.problem.set(undefined);
    if (this.busy() || Object.keys(errors).length > 0) return false;
    this.busy.set(true);
    try {
      await action();
      return true;
    } catch (error) {
      if (!(error instanceof ChatrError)) throw error;
      if (!elsewhere(error)) this.show(error);
      return false;
    } finally {
      this.busy.set(false);
    }
  }

  /** Puts a message beside one field, in place of all others. */
  fail(field: Field, message: string): void {
    this.errors.set(this.only({ [field]: message } as Partial<Record<Field, string>>));
  }

  /** Shows what something else than the server refused; nothing for undefined. */
  refuse(words: string | undefined): void {
    this.problem.set(words);
  }

  /** Forgets what was wrong: the form asks for something else now. */
  clear(): void {
    this.errors.set({});
    this.problem.set(undefined);
  }

  private show(error: ChatrError): void {
    const named: Partial<Record<Field, string>> = {};
    for (const { path, message } of error.errors) {
      const field = this.fields.find((candidate) => candidate === path);
      if (field !== undefined) named[field] = sentence(message);
    }
    this.errors.set(named);
    if (Object.keys(named).length === 0) this.problem.set(errorWords(error));
  }

  private only(problems: Partial<Record<Field, string | undefined>>): Partial<Record<Field, string>> {
    const errors: Partial<Record<Field, string>> = {};
    for (const field of this.fields) {
      const problem = problems[field];
      if (problem !== undefined) errors[field] = problem;
    }
    return errors;
  }
}

/** The server's messages begin with the field's name in lower case and have no full stop. */
function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`;
}
