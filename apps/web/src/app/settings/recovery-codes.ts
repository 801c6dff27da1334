import { DOCUMENT } from '@angular/common';
import { Component, inject, input, output } from '@angular/core';
import { Toasts } from '../core';

const FILE_NAME = 'chatr-recovery-codes.txt';

/** Recovery codes, this once. */
@Component({
  selector: 'chatr-recovery-codes',
  template: `
    <p class="notice notice-warning" role="status">
      Keep these recovery codes where you find them without your phone. Each signs you in once. They are not shown
      again.
    </p>
    <ul aria-label="Recovery codes">
      @for (code of codes(); track code) {
        <li dir="ltr">
          <code>{{ code }}</code>
        </li>
      }
    </ul>
    <div class="actions">
      <button type="button" class="button" (click)="copy()">Copy</button>
      <button type="button" class="button" (click)="download()">Download</button>
      <button type="button" class="button button-primary" (click)="done.emit()">I have kept them</button>
    </div>
  `,
  styleUrl: '../ui/card.css',
  styles: `
    :host {
      padding: 0;
      border-radius: 0;
      box-shadow: none;
    }

    ul {
      display: grid;
      padding: 0;
      margin-block: var(--space-4);
      gap: var(--space-2) var(--space-4);
      grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
      list-style: none;
    }

    .actions {
      flex-wrap: wrap;
    }
  `,
})
export class RecoveryCodes {
  readonly codes = input.required<readonly string[]>();
  readonly done = output();

  private readonly document = inject(DOCUMENT);
  private readonly toasts = inject(Toasts);

  protected async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.text());
    this.toasts.show('Copied.');
  }

  protected download(): void {
    const url = URL.createObjectURL(new Blob([this.text()], { type: 'text/plain' }));
    const link = this.document.createElement('a');
    link.href = url;
    link.download = FILE_NAME;
    link.click();
    URL.revokeObjectURL(url);
  }

  private text(): string {
    return `${this.codes().join('\n')}\n`;
  }
}
