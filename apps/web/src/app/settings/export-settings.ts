import { Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { ChatrError, type ExportStatus } from '@chatr/client';
import { FormState, PasswordInput } from '../auth';
import { Chatr, sizeWords } from '../core';
import { Field } from '../ui';

const LOOK_MS = 1_500;

/** Everything that is kept about this person, to take along. */
@Component({
  selector: 'chatr-export-settings',
  imports: [Field, PasswordInput],
  template: `
    <h2>Take your data along</h2>
    <p class="hint">
      A zip archive of everything that is kept about you: your profile, your sessions, and every message that you can
      see. You can read it in a browser, without a connection.
    </p>
    <form novalidate (submit)="$event.preventDefault(); download()">
      @if (form.problem(); as problem) {
        <p class="notice notice-danger" role="alert">{{ problem }}</p>
      }
      <chatr-field label="Your password" inputId="export-password" [error]="form.errors().password">
        <chatr-password-input
          inputId="export-password"
          [(value)]="password"
          [invalid]="form.errors().password !== undefined"
        />
      </chatr-field>
      <div class="actions">
        <span class="progress muted" role="status">{{ progress() }}</span>
        <button class="button" [disabled]="form.busy() || running()">Download my data</button>
      </div>
    </form>
  `,
  styleUrl: '../ui/card.css',
  styles: `
    .actions {
      align-items: center;
    }

    .progress {
      flex: 1;
    }
  `,
})
export class ExportSettings {
  private readonly chatr = inject(Chatr);
  private timer: ReturnType<typeof setTimeout> | undefined;

  protected readonly password = signal('');
  protected readonly form = new FormState(['password']);
  private readonly status = signal<ExportStatus | undefined>(undefined);
  protected readonly running = computed(() => this.status()?.state === 'waiting' || this.status()?.state === 'running');
  protected readonly progress = computed(() => {
    const status = this.status();
    return status === undefined ? '' : progressWords(status);
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected async download(): Promise<void> {
    await this.form.submit(
      { password: this.password() === '' ? 'Enter your password.' : undefined },
      async () => {
        const { url } = await this.chatr.ownData.export(this.password());
        this.password.set('');
        fetchByBrowser(url);
        await this.look();
      },
      (error) => {
        if (error.code === 'credentials_invalid') this.form.fail('password', 'This is not your password.');
        if (error.code === 'conflict') this.form.fail('password', 'Your data is being downloaded already.');
        return error.code === 'credentials_invalid' || error.code === 'conflict';
      },
    );
  }

  /** Follows the download, which the browser does by itself. */
  private async look(): Promise<void> {
    try {
      this.status.set(await this.chatr.ownData.exportStatus());
    } catch (error) {
      // It is asked again in a moment.
      if (!(error instanceof ChatrError)) throw error;
    }
    if (this.running()) this.timer = setTimeout(() => void this.look(), LOOK_MS);
  }
}

function progressWords({ state, bytes, chats, chatsDone }: ExportStatus): string {
  switch (state) {
    case 'running':
      return `${chatsDone} of ${chats} chats · ${sizeWords(bytes)}`;
    case 'finished':
      return `Done: ${sizeWords(bytes)}.`;
    case 'interrupted':
      return 'The download was interrupted. Ask for another one.';
    case 'waiting':
      return 'The download is about to begin…';
    case 'none':
      return '';
  }
}

/** The browser keeps what comes in a file, shows how far it has come, and stays where it is. */
function fetchByBrowser(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
}
