import { Component, input } from '@angular/core';

/** The outline of rows that are still loading; it shows itself only after a moment, since most loads are over by then. */
@Component({
  selector: 'chatr-skeleton-rows',
  template: `
    @for (row of rows(); track $index) {
      <div class="row" [style.opacity]="1 - $index * 0.1">
        <span class="avatar"></span>
        <span class="lines"
          ><span class="line" [style.width.%]="row"></span><span class="line thin" [style.width.%]="90 - row / 2"></span
        ></span>
      </div>
    }
    <span class="visually-hidden" role="status">Loading</span>
  `,
  styles: `
    :host {
      display: block;
      animation: appear var(--motion-slow) var(--motion-ease) 150ms backwards;
    }

    .row {
      display: flex;
      height: 64px;
      align-items: center;
      gap: var(--space-3);
      padding: 0 var(--space-4);
    }

    .avatar,
    .line {
      background: var(--surface-sunken);
    }

    .avatar {
      width: 44px;
      height: 44px;
      flex: none;
      border-radius: var(--radius-full);
    }

    .lines {
      display: grid;
      flex: 1;
      gap: 9px;
    }

    .line {
      height: 12px;
      border-radius: 6px;
    }

    .thin {
      height: 10px;
    }

    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `,
})
export class SkeletonRows {
  /** The width of each row's first line, in percent. */
  readonly rows = input<readonly number[]>([46, 62, 38, 54, 70, 42, 58]);
}
