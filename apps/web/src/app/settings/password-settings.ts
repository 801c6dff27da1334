import { afterNextRender, Component, computed, ElementRef, inject, Injector, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { FormState, PasswordInput, passwordProblem, StrengthMeter } from '../auth';
import { Chatr, Toasts } from '../core';
import { Field } from '../ui';

/** Another password, which signs out every other device. */
@Component({
  selector: 'chatr-password-settings',
  imports: [Field, FormsModule, PasswordInput, StrengthMeter],
  template: `
    <h2>Password</h2>
    @if (open()) {
      <form novalidate (ngSubmit)="submit()">
        @if (form.problem(); as problem) {
          <p class="notice notice-danger" role="alert">{{ problem }}</p>
        }
        <chatr-field label="Present password" inputId="present-password" [error]="form.errors().current">
          <chatr-password-input inputId="present-password" [invalid]="!!form.errors().current" [(value)]="current" />
        </chatr-field>
        <chatr-field label="New password" inputId="new-password" [error]="form.errors().password">
          <chatr-password-input
            inputId="new-password"
            autocomplete="new-password"
            [invalid]="!!form.errors().password"
            [(value)]="password"
          />
        </chatr-field>
        @if (password()) {
          <chatr-strength-meter [password]="password()" [about]="about()" />
        }
        <div class="actions">
          <button type="button" class="button" (click)="close()">Cancel</button>
          <button class="button button-primary" [disabled]="form.busy()">
            {{ form.busy() ? 'One moment…' : 'Change password' }}
          </button>
        </div>
      </form>
    } @else {
      <p class="muted">A new password signs you out on every other device.</p>
      <div class="actions">
        <button type="button" class="button" (click)="show()">Change password</button>
      </div>
    }
  `,
  styleUrl: '../ui/card.css',
})
export class PasswordSettings {
  private readonly chatr = inject(Chatr);
  private readonly toasts = inject(Toasts);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly open = signal(false);
  protected readonly current = signal('');
  protected readonly password = signal('');
  protected readonly form = new FormState(['current', 'password']);
  protected readonly about = computed(() => {
    const me = this.chatr.me();
    return me === undefined ? [] : [me.email, me.username, me.displayName];
  });

  protected show(): void {
    this.open.set(true);
    this.focus('input');
  }

  protected async submit(): Promise<void> {
    const done = await this.form.submit(
      {
        current: this.current() === '' ? 'Enter the password you have.' : undefined,
        password: passwordProblem(this.password()),
      },
      () => this.chatr.auth.changePassword(this.current(), this.password()),
      (error) => {
        if (error.code !== 'credentials_invalid') return false;
        this.form.fail('current', 'This is not your password.');
        return true;
      },
    );
    if (!done) return;
    this.close();
    this.toasts.show('Your password is changed. Every other device is signed out.');
  }

  protected close(): void {
    this.open.set(false);
    this.current.set('');
    this.password.set('');
    this.form.clear();
    this.focus('button');
  }

  /** What was focused is gone: the keyboard goes on in what stands there instead. */
  private focus(selector: string): void {
    afterNextRender(() => this.host.querySelector<HTMLElement>(selector)?.focus(), { injector: this.injector });
  }
}
