import {
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  output,
  resource,
  signal,
  viewChild,
} from '@angular/core';
import { FormsModule } from '@angular/forms';
import { FormState } from '../auth';
import { Chatr, errorWords, Toasts } from '../core';
import { CodeInput, Icon } from '../ui';

/** Shows an authenticator app its secret, and takes the first code. */
@Component({
  selector: 'chatr-two-step-setup',
  imports: [CodeInput, FormsModule, Icon],
  template: `
    @if (setup.hasValue()) {
      @let data = setup.value();
      <p #beginning tabindex="-1">Open an authenticator app on your phone and scan this picture.</p>
      <img [src]="data.qrDataUrl" width="200" height="200" alt="QR code for your authenticator app" />
      <p class="muted">No camera? <a [href]="data.otpauthUrl">Open the app on this device</a>, or type this key:</p>
      <p class="key">
        <code dir="ltr" aria-label="Key for your authenticator app">{{ grouped() }}</code>
        <button type="button" class="icon-button" aria-label="Copy the key" (click)="copy(data.secret)">
          <chatr-icon name="copy" />
        </button>
      </p>
      <form novalidate (ngSubmit)="confirm()">
        <p id="two-step-confirm">Then enter the code that the app shows.</p>
        @if (form.problem(); as problem) {
          <p class="notice notice-danger" role="alert">{{ problem }}</p>
        }
        <chatr-code-input
          [(value)]="code"
          [invalid]="!!form.errors().code"
          describedBy="two-step-note"
          (completed)="confirm()"
        />
        @if (form.errors().code; as error) {
          <p class="error" id="two-step-note" role="alert">{{ error }}</p>
        }
        <div class="actions">
          <button type="button" class="button" (click)="cancelled.emit()">Cancel</button>
          <button class="button button-primary" [disabled]="form.busy()">Turn on</button>
        </div>
      </form>
    } @else if (problem(); as problem) {
      <p class="muted">
        {{ problem }} <button type="button" class="link-button" (click)="setup.reload()">Try again</button>
      </p>
    } @else {
      <p class="muted" role="status">Loading…</p>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    :host {
      padding: 0;
      border-radius: 0;
      box-shadow: none;
    }

    p:focus {
      outline: none;
    }

    img {
      display: block;
      padding: var(--space-2);
      margin: var(--space-4) auto;
      border-radius: var(--radius-control);
      /* Cameras need dark on light, whatever the theme. */
      background: #fff;
    }

    .key {
      display: flex;
      align-items: center;
      justify-content: center;
      margin-block: var(--space-2) var(--space-4);
      gap: var(--space-2);
    }

    code {
      /* Two lines of four groups. */
      max-width: 23ch;
      overflow-wrap: anywhere;
      text-align: center;
      word-spacing: 0.2em;
    }

    .error {
      color: var(--danger);
      font-size: var(--text-small);
    }
  `,
})
export class TwoStepSetup {
  /** Turned on; these are the recovery codes. */
  readonly enabled = output<readonly string[]>();
  readonly cancelled = output();

  private readonly twoFactor = inject(Chatr).auth.twoFactor;
  private readonly toasts = inject(Toasts);
  private readonly codeInput = viewChild(CodeInput);
  private readonly beginning = viewChild<ElementRef<HTMLElement>>('beginning');

  protected readonly setup = resource({ loader: () => this.twoFactor.setup() });
  protected readonly grouped = computed(() => (this.setup.value()?.secret.match(/.{1,4}/gu) ?? []).join(' '));
  protected readonly code = signal('');
  protected readonly form = new FormState(['code']);

  constructor() {
    // The button that opened this is gone: whoever came by keyboard goes on at the beginning.
    effect(() => this.beginning()?.nativeElement.focus());
  }

  protected problem(): string | undefined {
    const error = this.setup.error();
    return error === undefined ? undefined : errorWords(error);
  }

  protected async copy(secret: string): Promise<void> {
    await navigator.clipboard.writeText(secret);
    this.toasts.show('Copied.');
  }

  protected async confirm(): Promise<void> {
    await this.form.submit(
      { code: this.code().length < 6 ? 'Enter all six digits.' : undefined },
      async () => this.enabled.emit(await this.twoFactor.enable(this.code())),
      (error) => {
        if (error.code !== 'code_invalid' && error.code !== 'conflict') return false;
        this.code.set('');
        if (error.code === 'conflict') {
          this.setup.reload();
          this.form.fail('code', 'That set-up took too long or was begun elsewhere. Scan the new picture.');
          return true;
        }
        this.form.fail('code', 'That code is not right. Check that your phone’s clock is, and enter the newest code.');
        this.codeInput()?.focus();
        return true;
      },
    );
  }
}
