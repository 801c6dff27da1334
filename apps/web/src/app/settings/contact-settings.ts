import { Component, computed, inject, signal } from '@angular/core';
import type { Me } from '@chatr/client';
import { ServerFacts } from '../auth/server-facts';
import { Chatr, Toasts } from '../core';
import { Icon } from '../ui';
import { EmailChange } from './email-change';
import { PhoneChange } from './phone-change';

type Language = Me['language'];

/** Each in its own words, as whoever looks for theirs may read no other. */
const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
};

/** How Chatr reaches this person, and in which language. */
@Component({
  selector: 'chatr-contact-settings',
  imports: [EmailChange, Icon, PhoneChange],
  template: `
    <h2>E-mail and phone</h2>
    @if (chatr.me(); as me) {
      <div class="item">
        <chatr-icon name="mail" [size]="22" />
        <span class="lines">
          <span class="title one-line"
            ><bdi>{{ me.email }}</bdi></span
          >
          <span class="muted">For signing in and for codes</span>
        </span>
        <button
          type="button"
          class="button button-small"
          [attr.aria-label]="open() === 'email' ? 'Cancel e-mail change' : 'Change e-mail'"
          (click)="toggle('email')"
        >
          {{ open() === 'email' ? 'Cancel' : 'Change' }}
        </button>
      </div>
      @if (open() === 'email') {
        <chatr-email-change (done)="open.set(undefined)" />
      }
      <div class="item">
        <chatr-icon name="phone" [size]="22" />
        <span class="lines">
          <span class="title one-line" dir="ltr">{{ me.phone ?? 'No phone number' }}</span>
          <span class="muted">{{ phoneNote() }}</span>
        </span>
        @if (me.phone !== null || textMessages()) {
          <button
            type="button"
            class="button button-small"
            [attr.aria-label]="phoneAction() + ' phone number'"
            (click)="toggle('phone')"
          >
            {{ phoneAction() }}
          </button>
        }
      </div>
      @if (open() === 'phone') {
        <chatr-phone-change [textMessages]="textMessages()" (done)="open.set(undefined)" />
      }
      <div class="item">
        <chatr-icon name="globe" [size]="22" />
        <label class="lines" for="language">
          <span class="title">Language</span>
          <span class="muted">Of mails and text messages</span>
        </label>
        <select class="input language" id="language" #language (change)="speak(language.value)">
          @for (option of languages; track option.code) {
            <option [value]="option.code" [selected]="option.code === me.language">{{ option.name }}</option>
          }
        </select>
      </div>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    .language {
      width: auto;
      flex: none;
    }

    chatr-email-change,
    chatr-phone-change {
      padding-block: var(--space-3) var(--space-5);
    }
  `,
})
export class ContactSettings {
  protected readonly chatr = inject(Chatr);
  private readonly toasts = inject(Toasts);
  private readonly server = inject(ServerFacts);

  protected readonly languages = Object.entries(LANGUAGE_NAMES).map(([code, name]) => ({ code, name }));
  protected readonly open = signal<'email' | 'phone' | undefined>(undefined);
  protected readonly textMessages = computed(() => this.server.facts()?.textMessages === true);
  protected readonly phoneNote = computed(() => {
    const me = this.chatr.me();
    if (!me?.phone) {
      return this.textMessages() ? 'Optional; for codes by text message' : 'This server sends no text messages';
    }
    return me.phoneVerified ? 'Confirmed' : 'Not confirmed yet';
  });

  protected readonly phoneAction = computed(() => {
    if (this.open() === 'phone') return 'Cancel';
    return this.chatr.me()?.phone ? 'Change' : 'Add';
  });

  protected toggle(part: 'email' | 'phone'): void {
    this.open.update((open) => (open === part ? undefined : part));
  }

  protected async speak(code: string): Promise<void> {
    const language = this.languages.find((option) => option.code === code)?.code as Language | undefined;
    if (await this.toasts.attempt(() => this.chatr.updateMe(language === undefined ? {} : { language }))) {
      this.toasts.show('Saved.');
    }
  }
}
