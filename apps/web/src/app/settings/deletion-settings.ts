import { Component, inject, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { FormState, PasswordInput } from '../auth';
import { Chatr } from '../core';
import { Field } from '../ui';

/** The end of the account, and what it means. */
@Component({
  selector: 'chatr-deletion-settings',
  imports: [Field, FormsModule, PasswordInput],
  template: `
    <h2>Delete your account</h2>
    @if (!open()) {
      <p class="hint">What you wrote stays with the others, without your name. Everything else goes, for good.</p>
      <div class="actions">
        <button type="button" class="button button-plain button-danger" (click)="open.set(true)">
          Delete my account…
        </button>
      </div>
    } @else {
      <ul>
        <li>You are signed out everywhere, at once.</li>
        <li>
          Your name, e-mail address, username and everything else about you is deleted. Others see “Deleted user”.
        </li>
        <li>Your messages stay where you wrote them. Unsend first what must not stay.</li>
        <li>You leave your groups. Those that you own pass to their longest-serving members.</li>
        <li>Nobody can bring it back, not even an administrator.</li>
      </ul>
      <form novalidate (ngSubmit)="delete()">
        @if (form.problem(); as problem) {
          <p class="notice notice-danger" role="alert">{{ problem }}</p>
        }
        <chatr-field
          label="Type your username to go on"
          inputId="delete-username"
          [hint]="chatr.me()?.username"
          [error]="form.errors().username"
        >
          <input
            class="input"
            id="delete-username"
            name="username"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            dir="ltr"
            aria-describedby="delete-username-note"
            [attr.aria-invalid]="form.errors().username !== undefined"
            [(ngModel)]="username"
          />
        </chatr-field>
        <chatr-field label="Your password" inputId="delete-password" [error]="form.errors().password">
          <chatr-password-input
            inputId="delete-password"
            [(value)]="password"
            [invalid]="form.errors().password !== undefined"
          />
        </chatr-field>
        <div class="actions">
          <button type="button" class="button" (click)="cancel()">Cancel</button>
          <button class="button button-danger" [disabled]="form.busy()">Delete my account</button>
        </div>
      </form>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    ul {
      list-style: disc;
      padding-inline-start: var(--space-5);
      margin-bottom: var(--space-4);
    }

    li + li {
      margin-top: var(--space-1);
    }
  `,
})
export class DeletionSettings {
  protected readonly chatr = inject(Chatr);

  protected readonly open = signal(false);
  protected readonly username = signal('');
  protected readonly password = signal('');
  protected readonly form = new FormState(['username', 'password']);

  protected cancel(): void {
    this.open.set(false);
    this.username.set('');
    this.password.set('');
  }

  protected async delete(): Promise<void> {
    const isRight = this.username().trim().toLowerCase() === this.chatr.me()?.username;
    await this.form.submit(
      {
        username: isRight ? undefined : 'This is not your username.',
        password: this.password() === '' ? 'Enter your password.' : undefined,
      },
      () => this.chatr.deleteAccount(this.password()),
      (error) => {
        if (error.code === 'credentials_invalid') this.form.fail('password', 'This is not your password.');
        if (error.code === 'conflict') {
          this.form.fail('username', 'You are the only administrator. Make somebody else one first.');
        }
        return error.code === 'credentials_invalid' || error.code === 'conflict';
      },
    );
  }
}
