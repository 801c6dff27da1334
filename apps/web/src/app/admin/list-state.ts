import { Component, input } from '@angular/core';
import type { PagedList } from '../core';
import { SkeletonRows } from '../ui';

/** What stands below a list that comes page by page: that it is coming, why it is not, or the way to more of it. */
@Component({
  selector: 'chatr-list-state',
  imports: [SkeletonRows],
  template: `
    @if (list().problem(); as problem) {
      <p class="muted" role="alert">
        {{ problem }}
        <button type="button" class="link-button" (click)="list().items() ? list().more() : list().reload()">
          Try again
        </button>
      </p>
    } @else if (!list().items()) {
      <chatr-skeleton-rows [rows]="[46, 62, 38]" />
    } @else if (list().hasMore()) {
      <button type="button" class="button" [disabled]="list().busy()" (click)="list().more()">
        {{ list().busy() ? 'Loading…' : 'Load more' }}
      </button>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    :host {
      padding: 0;
      border-radius: 0;
      box-shadow: none;
    }

    .button,
    .muted {
      margin-top: var(--space-3);
    }
  `,
})
export class ListState {
  readonly list =
    input.required<Pick<PagedList<unknown>, 'busy' | 'hasMore' | 'items' | 'more' | 'problem' | 'reload'>>();
}
