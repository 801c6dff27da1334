import { afterNextRender, Component, inject, input, linkedSignal, signal, viewChild } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { Chatr } from '../core';
import { CodeInput, Field } from '../ui';
import { FormState } from './form-state';
import { MailboxHint } from './mailbox-hint';
import { ResendCode } from './resend-code';
import { emailProblem } from './rules';

/** Proves that an address is somebody's: with the code that was mailed to it. Signs in, too. */
@Component({
  selector: 'chatr-verify',
  imports: [CodeInput, Field, FormsModule, MailboxHint, ResendCode, RouterLink],
  templateUrl: './verify.html',
  styleUrl: './auth-screen.css',
})
export class Verify {
  /** Whose code; from the query. Asked for when it is missing. */
  readonly email = input<string>();
  /** What registering gave, when it was done in this browser; from the query. */
  readonly registration = input<string>();

  private readonly chatr = inject(Chatr);
  private readonly router = inject(Router);
  private readonly codeInput = viewChild(CodeInput);

  protected readonly address = linkedSignal(() => this.email() ?? '');
  protected readonly code = signal('');
  protected readonly form = new FormState(['email', 'code']);
  protected readonly resend = (): Promise<void> => this.chatr.auth.resendCode(this.address().trim());

  constructor() {
    afterNextRender(() => {
      if (this.email() !== undefined) this.codeInput()?.focus();
    });
  }

  protected async submit(): Promise<void> {
    const done = await this.form.submit(
      { email: emailProblem(this.address()), code: this.code().length < 6 ? 'Enter all six digits.' : undefined },
      () => this.chatr.signIn((auth) => auth.verifyEmail(this.address().trim(), this.code(), this.registration())),
      (error) => {
        if (error.code !== 'code_invalid') return false;
        this.code.set('');
        this.form.fail('code', 'That code is wrong or has expired. Check the newest mail.');
        this.codeInput()?.focus();
        return true;
      },
    );
    if (done) await this.router.navigateByUrl('/chats');
  }
}
