import { Component, computed, inject, input, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Chatr, Toasts } from '../core';
import { CodeInput, Field } from '../ui';
import { FormState } from './form-state';
import { MailboxHint } from './mailbox-hint';
import { PasswordInput } from './password-input';
import { ResendCode } from './resend-code';
import { passwordProblem } from './rules';
import { StrengthMeter } from './strength-meter';

@Component({
  selector: 'chatr-reset-password',
  imports: [CodeInput, Field, MailboxHint, PasswordInput, ResendCode, RouterLink, StrengthMeter],
  templateUrl: './reset-password.html',
  styleUrl: './auth-screen.css',
})
export class ResetPassword {
  /** Whose password; from the query. */
  readonly email = input<string>();

  private readonly chatr = inject(Chatr);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly codeInput = viewChild(CodeInput);

  protected readonly address = computed(() => this.email() ?? '');
  protected readonly code = signal('');
  protected readonly password = signal('');
  protected readonly form = new FormState(['code', 'password']);
  protected readonly resend = (): Promise<void> => this.chatr.auth.forgotPassword(this.address());

  protected async submit(): Promise<void> {
    const done = await this.form.submit(
      {
        code: this.code().length < 6 ? 'Enter all six digits.' : undefined,
        password: passwordProblem(this.password()),
      },
      () => this.chatr.auth.resetPassword(this.address(), this.code(), this.password()),
      (error) => {
        if (error.code !== 'code_invalid') return false;
        this.code.set('');
        this.form.fail('code', 'That code is wrong or has expired. Check the newest mail.');
        this.codeInput()?.focus();
        return true;
      },
    );
    if (!done) return;
    this.toasts.show('Your password is changed. Sign in with it.');
    await this.router.navigateByUrl('/login');
  }
}
