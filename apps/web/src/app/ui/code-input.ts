import { Component, computed, type ElementRef, input, model, output, viewChild } from '@angular/core';

/** How many digits the server's codes have. */
const LENGTH = 6;

/**
 * Six boxes for a mailed code. One real text field lies over them, so that pasting, autofill from the mail, deleting and screen
 * readers work as everywhere; the boxes only show what is in it.
 */
@Component({
  selector: 'chatr-code-input',
  template: `
    <input
      #field
      class="field"
      type="text"
      inputmode="numeric"
      autocomplete="one-time-code"
      [attr.aria-label]="label()"
      [attr.maxlength]="length * 3"
      [attr.aria-invalid]="invalid()"
      [attr.aria-describedby]="describedBy()"
      [value]="value()"
      (input)="take(field.value)"
      (select)="keepCaretAtEnd()"
      (focus)="keepCaretAtEnd()"
    />
    <span class="boxes" aria-hidden="true">
      @for (digit of digits(); track $index) {
        <span class="box tabular" [class.current]="$index === position()" [class.invalid]="invalid()">{{ digit }}</span>
      }
    </span>
  `,
  styles: `
    :host {
      position: relative;
      display: block;
    }

    .field {
      position: absolute;
      z-index: 1;
      width: 100%;
      height: 100%;
      border: 0;
      background: transparent;
      caret-color: transparent;
      color: transparent;
      cursor: text;
      font-size: 16px;
      outline: none;
    }

    .field::selection {
      background: transparent;
    }

    .boxes {
      display: grid;
      direction: ltr;
      gap: var(--space-2);
      grid-template-columns: repeat(6, 1fr);
    }

    .box {
      display: grid;
      height: 56px;
      place-items: center;
      border: 1px solid var(--line-strong);
      border-radius: var(--radius-control);
      background: var(--surface);
      font-size: 1.375rem;
      font-weight: 600;
    }

    .field:focus + .boxes .current {
      border-color: var(--focus);
      outline: 2px solid var(--focus);
      outline-offset: -1px;
    }

    .box.invalid {
      border-color: var(--danger);
    }
  `,
})
export class CodeInput {
  readonly value = model('');
  readonly invalid = input(false);
  /** Read aloud; where there are several on a screen, which one this is. */
  readonly label = input('Six-digit code');
  /** The id of the element that says what is wrong. */
  readonly describedBy = input<string>();
  /** The last digit has been typed or pasted. */
  readonly completed = output<string>();

  protected readonly length = LENGTH;
  protected readonly digits = computed(() => this.value().padEnd(LENGTH, ' ').split(''));
  protected readonly position = computed(() => Math.min(this.value().length, LENGTH - 1));

  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  focus(): void {
    this.field().nativeElement.focus();
  }

  /** A pasted "Your code: 123 456" is as good as six key strokes; so are the digits of other scripts. */
  protected take(text: string): void {
    const digits = text.normalize('NFKC').replace(/\D/gu, '').slice(0, LENGTH);
    this.field().nativeElement.value = digits;
    if (digits === this.value()) return;
    this.value.set(digits);
    if (digits.length === LENGTH) this.completed.emit(digits);
  }

  protected keepCaretAtEnd(): void {
    const field = this.field().nativeElement;
    if (field.selectionStart !== field.value.length || field.selectionEnd !== field.value.length) {
      field.setSelectionRange(field.value.length, field.value.length);
    }
  }
}
