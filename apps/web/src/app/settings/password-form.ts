import { afterNextRender, Component, ElementRef, inject, input, output, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { FormState, PasswordInput } from '../auth';
import { Field } from '../ui';

/** Asks for the password before something that not just anybody at an open screen may do. */
@Component({
  selector: 'chatr-password-form',
  imports: [Field, FormsModule, PasswordInput],
  template: `
    <form novalidate (ngSubmit)="submit()">
      <p>{{ text() }}</p>
      @if (form.problem(); as problem) {
        <p class="notice notice-danger" role="alert">{{ problem }}</p>
      }
      <chatr-field label="Your password" inputId="confirm-password" [error]="form.errors().password">
        <chatr-password-input inputId="confirm-password" [invalid]="!!form.errors().password" [(value)]="password" />
      </chatr-field>
      <div class="actions">
        <button type="button" class="button" (click)="cancelled.emit()">Cancel</button>
        <button class="button" [class]="danger() ? 'button-danger' : 'button-primary'" [disabled]="form.busy()">
          {{ action() }}
        </button>
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
export class PasswordForm {
  /** What is about to happen. */
  readonly text = input.required<string>();
  /** The verb on the button. */
  readonly action = input.required<string>();
  readonly danger = input(false);
  /** Does it with the password. */
  readonly run = input.required<(password: string) => Promise<void>>();
  readonly cancelled = output();

  protected readonly password = signal('');
  protected readonly form = new FormState(['password']);

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => host.querySelector('input')?.focus());
  }

  protected async submit(): Promise<void> {
    await this.form.submit(
      { password: this.password() === '' ? 'Enter your password.' : undefined },
      () => this.run()(this.password()),
      (error) => {
        if (error.code !== 'credentials_invalid') return false;
        this.form.fail('password', 'This is not your password.');
        return true;
      },
    );
  }
}
