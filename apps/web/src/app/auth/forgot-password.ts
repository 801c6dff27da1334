import { Component, inject, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { Chatr } from '../core';
import { Field } from '../ui';
import { FormState } from './form-state';
import { emailProblem } from './rules';

@Component({
  selector: 'chatr-forgot-password',
  imports: [Field, FormsModule, RouterLink],
  template: `
    <h1>Forgot your password?</h1>
    <p class="lead">We mail you a code to choose a new one.</p>

    <form novalidate (ngSubmit)="submit()">
      @if (form.problem(); as problem) {
        <p class="notice notice-danger" role="alert">{{ problem }}</p>
      }
      <chatr-field label="E-mail" inputId="email" [error]="form.errors().email">
        <input
          class="input"
          id="email"
          name="email"
          type="email"
          inputmode="email"
          autocomplete="email"
          dir="ltr"
          aria-describedby="email-note"
          [attr.aria-invalid]="!!form.errors().email"
          [(ngModel)]="email"
        />
      </chatr-field>
      <button class="button button-primary button-wide" [disabled]="form.busy()">Send the code</button>
    </form>

    <p class="foot"><a routerLink="/login">Back to sign in</a></p>
  `,
  styleUrl: './auth-screen.css',
})
export class ForgotPassword {
  private readonly chatr = inject(Chatr);
  private readonly router = inject(Router);

  protected readonly email = signal('');
  protected readonly form = new FormState(['email']);

  protected async submit(): Promise<void> {
    const email = this.email().trim();
    const done = await this.form.submit({ email: emailProblem(email) }, () => this.chatr.auth.forgotPassword(email));
    if (done) await this.router.navigate(['/reset-password'], { queryParams: { email } });
  }
}
