import {
  afterNextRender,
  Component,
  computed,
  type ElementRef,
  inject,
  Injector,
  signal,
  viewChild,
} from '@angular/core';
import { FormsModule } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import type { ChallengeMethod } from '@chatr/client';
import { Chatr, Passkeys, PendingLogins, Toasts } from '../core';
import { CodeInput, Field } from '../ui';
import { FormState } from './form-state';
import { MailboxHint } from './mailbox-hint';
import { ResendCode } from './resend-code';

/** The methods that this screen knows: what each asks for, and how it is offered beside another. */
const METHODS = {
  totp: {
    title: 'Two-step verification',
    lead: 'Enter the code that your authenticator app shows for Chatr.',
    choice: 'Use your authenticator app',
    wrong: 'That code is not right. Enter the one your app shows now; each works once.',
  },
  recovery: {
    title: 'Use a recovery code',
    lead: 'Enter one of the codes that you kept when you turned on two-step verification. Each works once.',
    choice: 'Use a recovery code',
    wrong: 'That is none of your recovery codes, or it has been used.',
  },
  passkey: {
    title: 'Use your passkey',
    lead: 'To make sure that it is you, your browser asks for your fingerprint, your face or a PIN.',
    choice: 'Use a passkey',
    wrong: 'This passkey was not accepted. Try again, or choose another way.',
  },
  email: {
    title: 'Check your mail',
    lead: 'To make sure that it is you, we sent a six-digit code to the e-mail address of your account.',
    choice: 'Get a code by e-mail',
    wrong: 'That code is wrong or has expired. Check the newest mail.',
  },
  sms: {
    title: 'Check your phone',
    lead: 'To make sure that it is you, we sent a six-digit code to the phone of your account.',
    choice: 'Get a code by text message',
    wrong: 'That code is wrong or has expired. Check the newest message.',
  },
} as const;

type ShownMethod = keyof typeof METHODS;

function isShown(method: ChallengeMethod): method is ShownMethod {
  return Object.hasOwn(METHODS, method);
}

/** The second step of signing in: a code of an app, from paper, or from a mail; or a passkey. */
@Component({
  selector: 'chatr-second-step',
  imports: [CodeInput, Field, FormsModule, MailboxHint, ResendCode, RouterLink],
  templateUrl: './second-step.html',
  styleUrl: './auth-screen.css',
})
export class SecondStep {
  private readonly chatr = inject(Chatr);
  private readonly passkeys = inject(Passkeys);
  private readonly pending = inject(PendingLogins).present;
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly injector = inject(Injector);
  private readonly codeInput = viewChild(CodeInput);
  private readonly recoveryField = viewChild<ElementRef<HTMLInputElement>>('recoveryField');

  private readonly methods = computed(() =>
    (this.pending()?.challenge.methods ?? [])
      .filter(isShown)
      .filter((method) => method !== 'passkey' || this.passkeys.supported),
  );
  private readonly chosen = signal<ShownMethod | undefined>(undefined);

  protected readonly method = computed<ShownMethod>(() => this.chosen() ?? this.methods()[0] ?? 'email');
  protected readonly words = computed(() => METHODS[this.method()]);
  protected readonly others = computed(() => this.methods().filter((method) => method !== this.method()));
  protected readonly isSent = computed(() => this.method() === 'email' || this.method() === 'sms');
  /** Where the mail went, when the person signed in with the address. */
  protected readonly address = computed(() => {
    const identifier = this.pending()?.identifier ?? '';
    return identifier.includes('@') ? identifier : undefined;
  });
  protected readonly code = signal('');
  protected readonly form = new FormState(['code']);
  protected readonly resend = (): Promise<void> => this.send(this.method());

  constructor() {
    // A code that is the only way is on its way; with several, the first has to be asked for.
    const offered = this.pending()?.challenge.methods ?? [];
    if (offered.length > 1 && this.isSent()) void this.toasts.attempt(() => this.send(this.method()));
    this.focus();
  }

  protected choiceWords(method: ShownMethod): string {
    return METHODS[method].choice;
  }

  protected async choose(method: ShownMethod): Promise<void> {
    this.chosen.set(method);
    this.code.set('');
    this.form.clear();
    this.focus();
    if (this.isSent()) await this.toasts.attempt(() => this.send(method));
  }

  protected async submit(): Promise<void> {
    const { challenge, next } = this.pending() ?? {};
    if (challenge === undefined) return;
    const code = this.code().trim();
    const done = await this.form.submit(
      { code: this.missing(code) },
      async () => {
        if (this.method() === 'passkey') this.form.refuse(await this.passkeys.confirm(challenge));
        else await this.chatr.signIn((auth) => auth.loginVerify(challenge.id, this.method(), code));
      },
      (error) => {
        if (error.code === 'challenge_ended') {
          this.toasts.show('That took too long or too many tries. Sign in again.');
          void this.router.navigateByUrl('/login');
          return true;
        }
        if (error.code !== 'code_invalid' && error.code !== 'passkey_invalid') return false;
        this.code.set('');
        this.form.fail('code', this.words().wrong);
        this.focus();
        return true;
      },
    );
    if (!done || this.form.problem() !== undefined) return;
    this.pending.set(undefined);
    await this.router.navigateByUrl(next ?? '/chats');
  }

  /** What has to be typed yet, in words. */
  private missing(code: string): string | undefined {
    const method = this.method();
    if (method === 'passkey') return undefined;
    if (method === 'recovery') return code === '' ? 'Enter a recovery code.' : undefined;
    return code.length < 6 ? 'Enter all six digits.' : undefined;
  }

  private send(method: ShownMethod): Promise<void> {
    const id = this.pending()?.challenge.id;
    return id === undefined ? Promise.resolve() : this.chatr.auth.sendLoginCode(id, method);
  }

  private focus(): void {
    afterNextRender(
      () => {
        this.codeInput()?.focus();
        this.recoveryField()?.nativeElement.focus();
      },
      { injector: this.injector },
    );
  }
}
