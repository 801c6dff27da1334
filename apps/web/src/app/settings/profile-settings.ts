import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { LIMITS } from '@chatr/contracts';
import { Chatr, Toasts } from '../core';
import { Avatar, Field } from '../ui';

const ABOUT_LENGTH: (typeof LIMITS)['aboutLength'] = 300;
const PRONOUNS_LENGTH: (typeof LIMITS)['pronounsLength'] = 30;
const NAME_LENGTH: (typeof LIMITS)['displayNameLength'] = 80;

@Component({
  selector: 'chatr-profile-settings',
  imports: [Avatar, Field, FormsModule],
  template: `
    <h2>Profile</h2>
    @if (chatr.me(); as me) {
      <div class="item who">
        <chatr-avatar [id]="me.id" [name]="name() || me.displayName" [url]="me.avatarUrl" [size]="56" />
        <span class="lines">
          <span class="title one-line">{{ '@' + me.username }}</span>
          <span class="muted one-line">{{ me.email }}</span>
        </span>
      </div>
    }
    <form novalidate (ngSubmit)="save()">
      <chatr-field label="Your name" inputId="profile-name" [error]="error()">
        <input
          class="input"
          id="profile-name"
          name="name"
          dir="auto"
          autocomplete="name"
          aria-describedby="profile-name-note"
          [attr.maxlength]="nameLength"
          [(ngModel)]="name"
        />
      </chatr-field>
      <chatr-field label="About you" inputId="profile-about" hint="A few words that others see.">
        <input
          class="input"
          id="profile-about"
          name="about"
          dir="auto"
          aria-describedby="profile-about-note"
          [attr.maxlength]="aboutLength"
          [(ngModel)]="about"
        />
      </chatr-field>
      <chatr-field
        label="Pronouns"
        inputId="profile-pronouns"
        hint="Optional, such as she/her. They stand beside your name."
      >
        <input
          class="input"
          id="profile-pronouns"
          name="pronouns"
          dir="auto"
          autocomplete="off"
          aria-describedby="profile-pronouns-note"
          [attr.maxlength]="pronounsLength"
          [(ngModel)]="pronouns"
        />
      </chatr-field>
      <div class="actions">
        <button class="button button-primary" [disabled]="!changed() || busy()">Save</button>
      </div>
    </form>
  `,
  styleUrl: '../ui/card.css',
  styles: `
    .who {
      margin-bottom: var(--space-3);
    }
  `,
})
export class ProfileSettings {
  protected readonly chatr = inject(Chatr);
  private readonly toasts = inject(Toasts);

  protected readonly nameLength = NAME_LENGTH;
  protected readonly aboutLength = ABOUT_LENGTH;
  protected readonly name = linkedSignal(() => this.chatr.me()?.displayName ?? '');
  protected readonly about = linkedSignal(() => this.chatr.me()?.about ?? '');
  protected readonly pronounsLength = PRONOUNS_LENGTH;
  protected readonly pronouns = linkedSignal(() => this.chatr.me()?.pronouns ?? '');
  protected readonly busy = signal(false);
  protected readonly error = computed(() =>
    this.name().trim() === '' ? 'Enter the name others will see.' : undefined,
  );
  protected readonly changed = computed(
    () =>
      this.name().trim() !== this.chatr.me()?.displayName ||
      this.about().trim() !== this.chatr.me()?.about ||
      this.pronouns().trim() !== this.chatr.me()?.pronouns,
  );

  protected async save(): Promise<void> {
    if (this.error() !== undefined || !this.changed()) return;
    this.busy.set(true);
    const changes = { displayName: this.name().trim(), about: this.about().trim(), pronouns: this.pronouns().trim() };
    if (await this.toasts.attempt(() => this.chatr.updateMe(changes))) this.toasts.show('Saved.');
    this.busy.set(false);
  }
}
