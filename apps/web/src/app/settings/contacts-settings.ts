import { Component, computed, inject } from '@angular/core';
import type { User } from '@chatr/client';
import { Contacts, errorWords, Toasts } from '../core';
import { PersonRow, Profiles } from '../people';

@Component({
  selector: 'chatr-contacts-settings',
  imports: [PersonRow],
  template: `
    <h2>Contacts</h2>
    <p class="hint">The people you have added. They are not told.</p>
    <ul aria-label="Contacts">
      @for (person of contacts.people(); track person.id) {
        <li class="item">
          <button type="button" class="person" (click)="profiles.show(person.id)">
            <chatr-person-row [user]="person" />
          </button>
          <button
            type="button"
            class="button button-small"
            [attr.aria-label]="'Remove ' + person.displayName + ' from your contacts'"
            (click)="remove(person)"
          >
            Remove
          </button>
        </li>
      } @empty {
        @if (problem(); as problem) {
          <li class="muted" role="alert">
            {{ problem }} <button type="button" class="link-button" (click)="contacts.reload()">Try again</button>
          </li>
        } @else {
          <li class="muted" role="status">
            {{ contacts.loading() ? 'Loading…' : 'Nobody yet. You can add people on their profile.' }}
          </li>
        }
      }
    </ul>
  `,
  styleUrl: '../ui/card.css',
  styles: `
    .person {
      display: flex;
      min-width: 0;
      flex: 1;
      border-radius: var(--radius-control);
    }
  `,
})
export class ContactsSettings {
  protected readonly contacts = inject(Contacts);
  protected readonly profiles = inject(Profiles);
  private readonly toasts = inject(Toasts);

  protected readonly problem = computed(() => {
    const error = this.contacts.error();
    return error === undefined ? undefined : errorWords(error);
  });

  protected async remove(person: User): Promise<void> {
    await this.toasts.attempt(() => this.contacts.remove(person.id));
  }
}
