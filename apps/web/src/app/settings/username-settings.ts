import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { ChatrError } from '@chatr/client';
import { Chatr, problemWords, Toasts } from '../core';
import { Field } from '../ui';

@Component({
  selector: 'chatr-username-settings',
  imports: [Field, FormsModule],
  template: `
    <h2>Username</h2>
    <form novalidate (ngSubmit)="save()">
      <chatr-field
        label="Username"
        inputId="own-username"
        hint="You can change it once in 30 days. Your old one is kept for you so long."
        [error]="error()"
      >
        <span class="inline">
          <input
            class="input"
            id="own-username"
            name="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            dir="ltr"
            maxlength="30"
            aria-describedby="own-username-note"
            [attr.aria-invalid]="!!error()"
            [(ngModel)]="username"
          />
          <button class="button button-primary" [disabled]="!changed() || busy()">Change</button>
        </span>
      </chatr-field>
      @if (suggestions().length > 0) {
        <p class="muted" role="status">
          Free:
          @for (suggestion of suggestions(); track suggestion) {
            <button type="button" class="link-button" (click)="username.set(suggestion)">{{ suggestion }}</button>{{
              ' '
            }}
          }
        </p>
      }
    </form>
  `,
  styleUrl: '../ui/card.css',
})
export class UsernameSettings {
  private readonly chatr = inject(Chatr);
  private readonly toasts = inject(Toasts);

  protected readonly username = linkedSignal(() => this.chatr.me()?.username ?? '');
  protected readonly busy = signal(false);
  /** What was wrong with what stood there when it was sent. */
  private readonly refused = signal<{ username: string; words: string; suggestions: readonly string[] } | undefined>(
    undefined,
  );
  private readonly refusal = computed(() =>
    this.refused()?.username === this.username() ? this.refused() : undefined,
  );
  protected readonly error = computed(() => this.refusal()?.words);
  protected readonly suggestions = computed(() => this.refusal()?.suggestions ?? []);
  protected readonly changed = computed(() => this.username().trim().toLowerCase() !== this.chatr.me()?.username);

  protected async save(): Promise<void> {
    const username = this.username();
    if (!this.changed() || username.trim() === '') return;
    this.busy.set(true);
    try {
      await this.chatr.changeUsername(username.trim());
      this.toasts.show('Saved.');
    } catch (error) {
      if (!(error instanceof ChatrError)) throw error;
      const suggestions = error.code === 'conflict' ? [] : await this.suggest(username);
      this.refused.set({ username, words: this.words(error), suggestions });
    }
    this.busy.set(false);
  }

  private words(error: ChatrError): string {
    if (error.code === 'username_taken') return 'Somebody has this username, or one that looks like it.';
    if (error.code === 'conflict') return error.message;
    if (error.code === 'validation_failed') return '3 to 30 of a–z, 0–9 and _ . -, and not a reserved one.';
    return problemWords(error);
  }

  private async suggest(username: string): Promise<readonly string[]> {
    try {
      return (await this.chatr.users.checkUsername(username)).suggestions;
    } catch (error) {
      if (!(error instanceof ChatrError)) throw error;
      return [];
    }
  }
}
