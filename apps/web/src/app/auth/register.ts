import { Component, computed, inject, input, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { Chatr } from '../core';
import { Field } from '../ui';
import { FormState } from './form-state';
import { PasswordInput } from './password-input';
import { displayNameProblem, emailProblem, passwordProblem, usernameProblem } from './rules';
import { ServerFacts } from './server-facts';
import { SsoButton } from './sso-button';
import { StrengthMeter } from './strength-meter';
import { UsernameCheck } from './username-check';

@Component({
  selector: 'chatr-register',
  imports: [Field, FormsModule, PasswordInput, RouterLink, SsoButton, StrengthMeter],
  providers: [UsernameCheck],
  templateUrl: './register.html',
  styleUrl: './auth-screen.css',
})
export class Register {
  /** The token of an invitation's link; from the query. */
  readonly invite = input<string>();

  private readonly chatr = inject(Chatr);
  private readonly router = inject(Router);
  private readonly server = inject(ServerFacts);

  protected readonly displayName = signal('');
  private readonly usernameCheck = inject(UsernameCheck);
  protected readonly username = this.usernameCheck.username;
  protected readonly email = signal('');
  protected readonly password = signal('');
  protected readonly form = new FormState(['displayName', 'username', 'email', 'password']);

  protected readonly sso = computed(() => this.server.facts()?.sso ?? undefined);

  /** Said before somebody fills in a form in vain. */
  protected readonly notOpen = computed(() => {
    const registration = this.server.facts()?.registration;
    if (registration === 'closed') return 'Nobody can register on this server now. Ask its administrator.';
    if (registration === 'invite' && this.invite() === undefined)
      return 'This server is for invited people. Use the link in your invitation.';
    if (registration === 'domains') return 'Only addresses of certain organisations can register here.';
    return undefined;
  });

  /** Live, once there is enough to judge. */
  protected readonly usernameHint = computed(() => {
    const username = this.username().trim();
    if (username.length < 3) return 'At least 3 of a–z, 0–9 and _ . -';
    const check = this.usernameCheck.result();
    if (check?.available === false)
      return check.problem === 'reserved'
        ? 'This username is reserved.'
        : 'Somebody has this username, or one like it.';
    return usernameProblem(username) ?? `Others find you as @${username.toLowerCase()}`;
  });

  protected readonly suggestions = computed(() => this.usernameCheck.result()?.suggestions ?? []);

  protected readonly about = computed(() => [this.username(), this.email(), this.displayName()]);

  protected async submit(): Promise<void> {
    const invite = this.invite();
    const email = this.email().trim();
    let registration: string | undefined;
    const done = await this.form.submit(
      {
        displayName: displayNameProblem(this.displayName()),
        username: usernameProblem(this.username()),
        email: emailProblem(email),
        password: passwordProblem(this.password()),
      },
      async () => {
        const { userId } = await this.chatr.register({
          displayName: this.displayName().trim(),
          username: this.username().trim(),
          email,
          password: this.password(),
          ...(invite === undefined ? {} : { inviteToken: invite }),
        });
        registration = userId;
      },
      (error) => {
        if (error.code !== 'username_taken') return false;
        this.form.fail('username', 'Somebody has this username already. Try another.');
        return true;
      },
    );
    if (done) await this.router.navigate(['/verify'], { queryParams: { email, registration } });
  }
}
