import { Component, computed, inject, input, model } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { User } from '@chatr/client';
import { Avatar, Icon } from '../ui';
import { PeopleSearch } from './people-search';
import { PersonRow } from './person-row';

/** Picks several people by search; those picked stand above the list and can be taken back. */
@Component({
  selector: 'chatr-people-picker',
  imports: [Avatar, FormsModule, Icon, PersonRow],
  providers: [PeopleSearch],
  templateUrl: './people-picker.html',
  styleUrl: './people-picker.css',
})
export class PeoplePicker {
  readonly picked = model<readonly User[]>([]);
  /** Who cannot be picked, such as those who are in the group already. */
  readonly without = input<ReadonlySet<string>>(new Set());

  protected readonly search = inject(PeopleSearch);
  protected readonly people = computed(() => this.search.results().filter((user) => !this.without().has(user.id)));
  private readonly pickedIds = computed(() => new Set(this.picked().map((user) => user.id)));

  protected isPicked(user: User): boolean {
    return this.pickedIds().has(user.id);
  }

  protected toggle(user: User): void {
    this.picked.update((picked) =>
      this.isPicked(user) ? picked.filter((other) => other.id !== user.id) : [...picked, user],
    );
  }
}
