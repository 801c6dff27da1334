import { Component, input, model, signal } from '@angular/core';
import { Icon } from '../ui';

/** A password that can be looked at while typing. */
@Component({
  selector: 'chatr-password-input',
  imports: [Icon],
  template: `
    <input
      #field
      class="input"
      [id]="inputId()"
      [type]="shown() ? 'text' : 'password'"
      [attr.autocomplete]="autocomplete()"
      [attr.aria-invalid]="invalid()"
      [attr.aria-describedby]="inputId() + '-note'"
      autocapitalize="none"
      spellcheck="false"
      [value]="value()"
      (input)="value.set(field.value)"
    />
    <button
      type="button"
      class="icon-button"
      [attr.aria-label]="shown() ? 'Hide password' : 'Show password'"
      [attr.aria-pressed]="shown()"
      (click)="shown.set(!shown())"
    >
      <chatr-icon [name]="shown() ? 'eye-off' : 'eye'" />
    </button>
  `,
  styles: `
    :host {
      position: relative;
      display: block;
    }

    .input {
      padding-inline-end: 48px;
    }

    .icon-button {
      position: absolute;
      top: 2px;
      inset-inline-end: 2px;
    }
  `,
})
export class PasswordInput {
  readonly value = model('');
  readonly inputId = input.required<string>();
  readonly autocomplete = input<'current-password' | 'new-password'>('current-password');
  readonly invalid = input(false);

  protected readonly shown = signal(false);
}
