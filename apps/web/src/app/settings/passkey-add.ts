import { afterNextRender, Component, ElementRef, inject, output, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { FormState, PasswordInput } from '../auth';
import { Chatr, Passkeys } from '../core';
import { Field } from '../ui';

/** Asks for a name and the password, and then the browser for a passkey. */
@Component({
  selector: 'chatr-passkey-add',
  imports: [Field, FormsModule, PasswordInput],
  template: `
    <form novalidate (ngSubmit)="submit()">
      <p class="muted">Your browser asks next where to keep the passkey.</p>
      @if (form.problem(); as problem) {
        <p class="notice notice-danger" role="alert">{{ problem }}</p>
      }
      <chatr-field
        label="Name"
        inputId="passkey-name"
        hint="So that you know it in this list."
        [error]="form.errors().name"
      >
        <input
          class="input"
          id="passkey-name"
          name="passkey-name"
          autocomplete="off"
          maxlength="60"
          aria-describedby="passkey-name-note"
          [attr.aria-invalid]="!!form.errors().name"
          [(ngModel)]="name"
        />
      </chatr-field>
      <chatr-field label="Your password" inputId="passkey-password" [error]="form.errors().password">
        <chatr-password-input inputId="passkey-password" [invalid]="!!form.errors().password" [(value)]="password" />
      </chatr-field>
      <div class="actions">
        <button type="button" class="button" (click)="cancelled.emit()">Cancel</button>
        <button class="button button-primary" [disabled]="form.busy()">Create passkey</button>
      </div>
    </form>
  `,
  styleUrl: '../ui/card.css',
  styles: `
    :host {
      padding: 0;
      border-radius: 0;
      box-shadow: none;
    }
  `,
})
export class PasskeyAdd {
  readonly added = output();
  readonly cancelled = output();

  private readonly auth = inject(Chatr).auth;
  private readonly passkeys = inject(Passkeys);

  protected readonly name = signal('');
  protected readonly password = signal('');
  protected readonly form = new FormState(['name', 'password']);

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => host.querySelector('input')?.focus());
    void this.suggest();
  }

  protected async submit(): Promise<void> {
    const name = this.name().trim();
    const done = await this.form.submit(
      {
        name: name === '' ? 'Give it a name.' : undefined,
        password: this.password() === '' ? 'Enter your password.' : undefined,
      },
      async () => this.form.refuse(await this.passkeys.add(name, this.password())),
      (error) => {
        if (error.code !== 'credentials_invalid') return false;
        this.form.fail('password', 'This is not your password.');
        return true;
      },
    );
    if (done && this.form.problem() === undefined) this.added.emit();
  }

  /** What the server calls this device, unless the person was faster. Without an answer they think of a name themselves. */
  private async suggest(): Promise<void> {
    const sessions = await this.auth.sessions().catch(() => []);
    const device = sessions.find(({ current }) => current)?.device;
    if (device !== undefined && this.name() === '') this.name.set(device);
  }
}
