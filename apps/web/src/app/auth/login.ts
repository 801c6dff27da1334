import { Component, computed, inject, input, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import type { SessionEndReason } from '@chatr/client';
import { Chatr, type PendingLogin, PendingLogins } from '../core';
import { Field } from '../ui';
import { FormState } from './form-state';
import { PasswordInput } from './password-input';

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
  imports: [Field, FormsModule, PasswordInput, RouterLink],
  templateUrl: './login.html',
  styleUrl: './auth-screen.css',
})
export class Login {
  /** Where to go afterwards; from the query. */
  readonly next = input<string>();

  private readonly chatr = inject(Chatr);
  private readonly pending = inject(PendingLogins).present;
  private readonly router = inject(Router);

  protected readonly identifier = signal('');
  protected readonly password = signal('');
  protected readonly form = new FormState(['identifier', 'password']);
  protected readonly ended = computed(() => {
    const reason = this.chatr.endReason();
    return reason && END_WORDS[reason];
  });

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
