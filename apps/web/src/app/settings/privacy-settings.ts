import { Component, computed, inject, resource } from '@angular/core';
import type { Privacy, PrivacyLevel } from '@chatr/client';
import { Chatr, errorWords, Toasts } from '../core';

interface Choice {
  key: keyof Privacy;
  label: string;
  hint: string;
}

const CHOICES: readonly Choice[] = [
  {
    key: 'presence',
    label: 'When you are online',
    hint: 'Only people you share a chat with can see it. To the others you look offline.',
  },
  { key: 'lastSeen', label: 'When you were last here', hint: 'Only for those who can see when you are online.' },
  { key: 'email', label: 'Your e-mail address', hint: 'It stands on your profile.' },
  { key: 'phone', label: 'Your phone number', hint: 'It stands on your profile.' },
  {
    key: 'messagesFrom',
    label: 'Who can write to you',
    hint: 'The first message of anybody else is a request, or with “Nobody else” not delivered.',
  },
];

const LEVELS: readonly { value: PrivacyLevel; words: string }[] = [
  { value: 'everyone', words: 'Everyone' },
  { value: 'contacts', words: 'Your contacts' },
  { value: 'nobody', words: 'Nobody else' },
];

@Component({
  selector: 'chatr-privacy-settings',
  template: `
    <h2>Privacy</h2>
    <p class="hint">Who sees what of you. Your contacts are the people you have added yourself.</p>
    @if (privacy.hasValue()) {
      @for (choice of choices; track choice.key) {
        <div class="item">
          <span class="lines">
            <label class="title" [attr.for]="'privacy-' + choice.key">{{ choice.label }}</label>
            <span class="muted" [id]="'privacy-' + choice.key + '-note'">{{ choice.hint }}</span>
          </span>
          <select
            #select
            class="input"
            [id]="'privacy-' + choice.key"
            [attr.aria-describedby]="'privacy-' + choice.key + '-note'"
            (change)="choose(choice.key, select)"
          >
            @for (level of levels; track level.value) {
              <option [value]="level.value" [selected]="privacy.value()[choice.key] === level.value">
                {{ level.words }}
              </option>
            }
          </select>
        </div>
      }
    } @else if (problem(); as problem) {
      <p class="muted" role="alert">
        {{ problem }} <button type="button" class="link-button" (click)="privacy.reload()">Try again</button>
      </p>
    } @else {
      <p class="muted" role="status">Loading…</p>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    select {
      width: 148px;
      flex: none;
    }
  `,
})
export class PrivacySettings {
  private readonly chatr = inject(Chatr);
  private readonly toasts = inject(Toasts);

  protected readonly choices = CHOICES;
  protected readonly levels = LEVELS;
  protected readonly privacy = resource({ loader: () => this.chatr.users.privacy() });
  protected readonly problem = computed(() => {
    const error = this.privacy.error();
    return error === undefined ? undefined : errorWords(error);
  });

  protected async choose(key: keyof Privacy, select: HTMLSelectElement): Promise<void> {
    const before = this.privacy.value();
    const level = LEVELS.find(({ value }) => value === select.value)?.value;
    if (before === undefined || level === undefined) return;
    const saved = await this.toasts.attempt(async () => {
      this.privacy.set(await this.chatr.users.updatePrivacy({ [key]: level }));
    });
    if (saved) this.toasts.show('Saved.');
    else select.value = before[key];
  }
}
