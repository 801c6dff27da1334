import {
  afterNextRender,
  Component,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { Passkey } from '@chatr/client';
import { FormState } from '../auth';
import { Chatr } from '../core';

/** A passkey's name as a field in its place in the list. */
@Component({
  selector: 'chatr-passkey-name',
  imports: [FormsModule],
  template: `
    <form novalidate (ngSubmit)="save()" (keydown.escape)="done.emit()">
      <input
        #field
        class="input"
        name="name"
        autocomplete="off"
        maxlength="60"
        aria-label="Name of the passkey"
        [attr.aria-invalid]="!!form.errors().name"
        [(ngModel)]="name"
      />
      <button class="button button-small button-primary" [disabled]="form.busy()">Save</button>
      <button type="button" class="button button-small" (click)="done.emit()">Cancel</button>
    </form>
    @if (form.errors().name ?? form.problem(); as words) {
      <p class="error" role="alert">{{ words }}</p>
    }
  `,
  styles: `
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--space-2);
    }

    .input {
      min-width: 0;
      flex: 1 1 160px;
    }

    .error {
      margin-top: var(--space-1);
      color: var(--danger);
      font-size: var(--text-small);
    }
  `,
})
export class PasskeyName {
  readonly passkey = input.required<Passkey>();
  /** Saved or not. */
  readonly done = output();

  private readonly api = inject(Chatr).auth.passkeys;
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  protected readonly name = linkedSignal(() => this.passkey().name);
  protected readonly form = new FormState(['name']);

  constructor() {
    afterNextRender(() => this.field().nativeElement.select());
  }

  protected async save(): Promise<void> {
    const name = this.name().trim();
    const saved = await this.form.submit({ name: name === '' ? 'Give it a name.' : undefined }, () =>
      this.api.rename(this.passkey().id, name),
    );
    if (saved) this.done.emit();
  }
}
