import { Component, input } from '@angular/core';
import { Icon, type IconName } from './icon';

/** Nothing here yet: one sentence, and the action that changes it as content. */
@Component({
  selector: 'chatr-empty-state',
  imports: [Icon],
  template: `
    <span class="sign"><chatr-icon [name]="icon()" [size]="26" /></span>
    <p class="title">{{ title() }}</p>
    @if (text(); as text) {
      <p class="text">{{ text }}</p>
    }
    <div class="action"><ng-content /></div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      padding: var(--space-8) var(--space-6);
      text-align: center;
    }

    .sign {
      display: grid;
      width: 56px;
      height: 56px;
      margin-bottom: var(--space-4);
      place-items: center;
      border-radius: var(--radius-full);
      background: var(--surface-selected);
      color: var(--text-accent);
    }

    .title {
      font-weight: 620;
    }

    .text {
      max-width: 34ch;
      margin-top: var(--space-1);
      color: var(--text-muted);
      text-wrap: balance;
    }

    .action:not(:empty) {
      margin-top: var(--space-5);
    }
  `,
})
export class EmptyState {
  readonly icon = input.required<IconName>();
  readonly title = input.required<string>();
  readonly text = input<string>();
}
