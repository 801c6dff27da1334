import { Component, computed, effect, inject, input, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import type { SessionEndReason } from '@chatr/client';
import { Chatr, Passkeys, type PendingLogin, PendingLogins } from '../core';
import { Field, Icon } from '../ui';
import { FormState } from './form-state';
import { PasskeyOffer } from './passkey-offer';
import { PasswordInput } from './password-input';
import { ServerFacts } from './server-facts';
import { SsoButton } from './sso-button';
import { ssoWords } from './sso-words';

/** Why somebody finds themselves here who was signed in a moment ago. */
const END_WORDS: Record<SessionEndReason, string> = {
  logout: 'You signed out.',
  revoked: 'This session was ended from another device.',
  administrator: 'An administrator ended this session. Sign in again.',
  expired: 'Your session has expired. Sign in again.',
  password_reset: 'Your password was changed. Sign in with the new one.',
  suspended: 'This account is suspended. Ask your administrator.',
  account_deleted: 'Your account was deleted.',
  refresh_reuse: 'Your session was ended to keep your account safe. Sign in again.',
};

@Component({
  selector: 'chatr-login',
  imports: [Field, FormsModule, Icon, PasswordInput, RouterLink, SsoButton],
  templateUrl: './login.html',
  styleUrl: './auth-screen.css',
  providers: [PasskeyOffer],
})
export class Login {
  /** Where to go afterwards; from the query. */
  readonly next = input<string>();
  /** The code of what went wrong on the way to the provider of single sign-on or back; from the query. */
  readonly problem = input<string>();

  private readonly chatr = inject(Chatr);
  private readonly pending = inject(PendingLogins).present;
  private readonly router = inject(Router);
  private readonly server = inject(ServerFacts);
  private readonly passkeys = inject(Passkeys);
  private readonly offer = inject(PasskeyOffer);

  protected readonly identifier = signal('');
  protected readonly password = signal('');
  protected readonly form = new FormState(['identifier', 'password']);
  protected readonly sso = computed(() => this.server.facts()?.sso ?? undefined);
  /** What went wrong last: with the form, else on the way back from the provider. */
  protected readonly wrong = computed(() => this.form.problem() ?? ssoWords(this.problem(), this.sso()));
  protected readonly ended = computed(() => {
    const reason = this.chatr.endReason();
    return reason && END_WORDS[reason];
  });

  protected readonly passkeysPossible = computed(
    () => this.passkeys.supported && this.server.facts()?.passkeys === true,
  );

  constructor() {
    effect(() => {
      if (this.passkeysPossible()) this.offer.begin(() => this.router.navigateByUrl(this.destination()));
    });
  }

  protected async withPasskey(): Promise<void> {
    this.offer.pause();
    const done = await this.form.submit({}, async () => this.form.refuse(await this.passkeys.signIn()));
    if (done && this.form.problem() === undefined) await this.router.navigateByUrl(this.destination());
    else this.offer.resume();
  }

  protected async submit(): Promise<void> {
    const identifier = this.identifier().trim();
    const done = await this.form.submit(
      {
        identifier: identifier === '' ? 'Enter your e-mail address or username.' : undefined,
        password: this.password() === '' ? 'Enter your password.' : undefined,
      },
      async () => this.pending.set(await this.begin(identifier)),
      (error) => {
        if (error.code !== 'email_unverified') return false;
        void this.router.navigate(['/verify'], { queryParams: identifier.includes('@') ? { email: identifier } : {} });
        return true;
      },
    );
    if (done) await this.router.navigateByUrl(this.pending() === undefined ? this.destination() : '/login/verify');
  }

  /** Undefined when the password was enough. */
  private async begin(identifier: string): Promise<PendingLogin | undefined> {
    const challenge = await this.chatr.login(identifier, this.password());
    return challenge && { challenge, identifier, next: this.destination() };
  }

  /** Only paths of this app: an address from the query must not lead elsewhere. */
  private destination(): string {
    const next = this.next() ?? '';
    return /^\/(?!\/)/u.test(next) ? next : '/chats';
  }
}
