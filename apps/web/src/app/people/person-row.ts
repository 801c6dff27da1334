import { Component, inject, input } from '@angular/core';
import type { User } from '@chatr/client';
import { Chatr } from '../core';
import { Avatar } from '../ui';

/** A person in a list: picture, names, and whatever stands at the end. */
@Component({
  selector: 'chatr-person-row',
  imports: [Avatar],
  template: `
    <chatr-avatar
      [id]="user().id"
      [name]="user().displayName"
      [url]="user().avatarUrl"
      [size]="40"
      [presence]="chatr.presence(user().id)?.status"
    />
    <span class="names">
      <span class="name one-line"
        ><bdi>{{ user().displayName }}</bdi></span
      >
      <span class="username one-line">{{ '@' + user().username }}</span>
    </span>
    <ng-content />
  `,
  styles: `
    :host {
      display: flex;
      min-width: 0;
      flex: 1;
      align-items: center;
      gap: var(--space-3);
      text-align: start;
    }

    .names {
      display: grid;
      min-width: 0;
      flex: 1;
    }

    .name {
      font-weight: 560;
    }

    .username {
      color: var(--text-muted);
      font-size: var(--text-small);
    }
  `,
})
export class PersonRow {
  readonly user = input.required<User>();

  protected readonly chatr = inject(Chatr);
}
