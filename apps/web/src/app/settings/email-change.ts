import { Component, inject, output, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { FormState } from '../auth/form-state';
import { MailboxHint } from '../auth/mailbox-hint';
import { PasswordInput } from '../auth/password-input';
import { ResendCode } from '../auth/resend-code';
import { emailProblem } from '../auth/rules';
import { Chatr, Toasts } from '../core';
import { CodeInput, Field } from '../ui';

/** Another e-mail address: first the address and the password, then the codes of both mailboxes. */
@Component({
  selector: 'chatr-email-change',
  imports: [CodeInput, Field, FormsModule, MailboxHint, PasswordInput, ResendCode],
  templateUrl: './email-change.html',
  styleUrl: './contact-change.css',
})
export class EmailChange {
  /** It is changed. */
  readonly done = output();

  private readonly toasts = inject(Toasts);
  protected readonly chatr = inject(Chatr);
  protected readonly email = signal('');
  protected readonly password = signal('');
  protected readonly presentCode = signal('');
  protected readonly newCode = signal('');
  /** Whether the codes are on their way. */
  protected readonly asked = signal(false);
  protected readonly form = new FormState(['email', 'password', 'codes']);
  protected readonly resend = (): Promise<void> =>
    this.chatr.auth.requestEmailChange(this.email().trim(), this.password());

  protected async ask(): Promise<void> {
    const problems = {
      email: emailProblem(this.email()),
      password: this.password() === '' ? 'Enter your password.' : undefined,
    };
    const accepted = await this.form.submit(problems, this.resend, (error) => {
      if (error.code === 'credentials_invalid') this.form.fail('password', 'This is not your password.');
      else if (error.code === 'conflict') this.form.fail('email', 'This is your address already.');
      else return false;
      return true;
    });
    if (accepted) this.asked.set(true);
  }

  protected async confirm(): Promise<void> {
    const incomplete = this.presentCode().length < 6 || this.newCode().length < 6;
    const confirmed = await this.form.submit(
      { codes: incomplete ? 'Enter all six digits of both codes.' : undefined },
      () => this.chatr.confirmEmailChange(this.presentCode(), this.newCode()),
      (error) => {
        if (error.code !== 'code_invalid') return false;
        this.form.fail('codes', 'One of the codes is wrong or has expired. Check the newest mails.');
        return true;
      },
    );
    if (!confirmed) return;
    this.toasts.show('Your e-mail address is changed.');
    this.done.emit();
  }
}
