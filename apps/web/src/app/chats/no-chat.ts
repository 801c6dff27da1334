import { Component } from '@angular/core';
import { EmptyState } from '../ui';

/** The right-hand side while nothing is open. */
@Component({
  selector: 'chatr-no-chat',
  imports: [EmptyState],
  template: `<chatr-empty-state
    icon="chats"
    title="Pick a chat"
    text="Or start a new one from the list on the left."
  />`,
  styles: `
    :host {
      display: grid;
      height: 100%;
      background: var(--canvas);
      place-items: center;
    }
  `,
})
export class NoChat {}
