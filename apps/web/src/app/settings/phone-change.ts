import { Component, inject, input, linkedSignal, output, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { ChatrError } from '@chatr/client';
import { FormState } from '../auth/form-state';
import { MailboxHint } from '../auth/mailbox-hint';
import { PasswordInput } from '../auth/password-input';
import { ResendCode } from '../auth/resend-code';
import { Chatr, Toasts } from '../core';
import { CodeInput, Field } from '../ui';

/** Another phone number, or none: first the number and the password, then the texted code. */
@Component({
  selector: 'chatr-phone-change',
  imports: [CodeInput, Field, FormsModule, MailboxHint, PasswordInput, ResendCode],
  templateUrl: './phone-change.html',
  styleUrl: './contact-change.css',
})
export class PhoneChange {
  /** Whether a number can be confirmed here; removing one always works. */
  readonly textMessages = input.required<boolean>();
  /** It is changed. */
  readonly done = output();

  private readonly toasts = inject(Toasts);
  protected readonly chatr = inject(Chatr);
  protected readonly phone = linkedSignal(() => (this.chatr.me()?.phoneVerified ? '' : (this.chatr.me()?.phone ?? '')));
  protected readonly password = signal('');
  protected readonly code = signal('');
  /** Whether the code is on its way. */
  protected readonly asked = signal(false);
  protected readonly form = new FormState(['phone', 'password', 'code']);
  protected readonly resend = (): Promise<void> =>
    this.chatr.auth.requestPhoneChange(this.phone().trim(), this.password());

  protected async ask(): Promise<void> {
    const isNumber = /^\s*(\+|00)\s*\d/.test(this.phone());
    const problems = {
      phone: isNumber ? undefined : 'Enter the number with its country, for example +49 30 901820.',
      password: this.passwordProblem(),
    };
    if (await this.form.submit(problems, this.resend, this.refused)) this.asked.set(true);
  }

  protected async confirm(): Promise<void> {
    const problems = { code: this.code().length < 6 ? 'Enter all six digits.' : undefined };
    const confirm = (): Promise<void> => this.chatr.confirmPhoneChange(this.code());
    const confirmed = await this.form.submit(problems, confirm, (error) => {
      if (error.code !== 'code_invalid') return false;
      this.form.fail('code', 'That code is wrong or has expired. Check the newest message.');
      return true;
    });
    if (confirmed) this.finish('Your phone number is confirmed.');
  }

  protected async remove(): Promise<void> {
    const remove = (): Promise<void> => this.chatr.removePhone(this.password());
    if (await this.form.submit({ password: this.passwordProblem() }, remove, this.refused)) {
      this.finish('Your phone number is removed.');
    }
  }

  private readonly refused = (error: ChatrError): boolean => {
    if (error.code === 'credentials_invalid') this.form.fail('password', 'This is not your password.');
    else if (error.code === 'conflict') this.form.fail('phone', 'This is your number already.');
    else return false;
    return true;
  };

  private passwordProblem(): string | undefined {
    return this.password() === '' ? 'Enter your password.' : undefined;
  }

  private finish(words: string): void {
    this.toasts.show(words);
    this.done.emit();
  }
}
