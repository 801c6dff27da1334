import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../ui';

/** The way to what strangers wrote: of its own above the chats, so that it does not stand among them. */
@Component({
  selector: 'chatr-requests-link',
  imports: [Icon, RouterLink],
  template: `
    <a class="requests" data-result routerLink="/chats" [queryParams]="{ show: 'requests' }">
      <span class="sign"><chatr-icon name="invite" [size]="22" /></span>
      <span class="lines">
        <span class="name">Requests ({{ count() }})</span>
        <span class="muted">From people you do not know</span>
      </span>
    </a>
  `,
  styles: `
    .requests {
      display: flex;
      min-height: 64px;
      align-items: center;
      gap: var(--space-3);
      padding: 0 var(--space-2);
      border-radius: 10px;
      color: inherit;
      outline-offset: -2px;
      text-decoration: none;
    }

    .requests:hover {
      background: var(--surface-hover);
    }

    .sign {
      display: grid;
      width: 44px;
      height: 44px;
      flex: none;
      place-items: center;
      border-radius: var(--radius-full);
      background: var(--surface-selected);
      color: var(--text-accent);
    }

    .lines {
      display: grid;
      min-width: 0;
    }

    .name {
      font-weight: 560;
    }

    .muted {
      color: var(--text-muted);
      font-size: var(--text-small);
    }
  `,
})
export class RequestsLink {
  readonly count = input.required<number>();
}
