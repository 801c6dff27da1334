import { Component, computed, inject, input } from '@angular/core';
import { ServerFacts } from './server-facts';

/** Says where a mail is on a server that sends none: on a laptop, nobody would find the code otherwise. */
@Component({
  selector: 'chatr-mailbox-hint',
  template: `
    @if (shown()) {
      <p class="notice">
        This server has no mail set up.
        <a [href]="href()" target="_blank" rel="noopener">Find the code in its development mailbox</a>
      </p>
    }
  `,
  styles: `
    .notice {
      margin-block: var(--space-4) 0;
    }
  `,
})
export class MailboxHint {
  /** Whose mail. */
  readonly address = input.required<string>();

  private readonly server = inject(ServerFacts);
  protected readonly shown = computed(() => this.server.facts()?.developmentMailbox === true);
  protected readonly href = computed(() => `/api/dev/mailbox?to=${encodeURIComponent(this.address())}`);
}
