import { Component, input } from '@angular/core';

let count = 0;

/** A label, its input (as content, with class `input` and the same `inputId`), a hint, and what is wrong with it, in that order. */
@Component({
  selector: 'chatr-field',
  template: `
    <label [attr.for]="inputId()">{{ label() }}</label>
    <ng-content />
    @if (error(); as error) {
      <p class="error" [id]="inputId() + '-note'" role="alert">{{ error }}</p>
    } @else if (hint()) {
      <p class="hint" [id]="inputId() + '-note'">{{ hint() }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
    }

    label {
      display: block;
      margin-bottom: 6px;
      font-size: var(--text-small);
      font-weight: 560;
    }

    p {
      margin-top: 6px;
      font-size: var(--text-small);
    }

    .hint {
      color: var(--text-muted);
    }

    .error {
      color: var(--danger);
    }
  `,
})
export class Field {
  readonly label = input.required<string>();
  readonly inputId = input(`field-${++count}`);
  readonly hint = input<string>();
  readonly error = input<string>();
}
