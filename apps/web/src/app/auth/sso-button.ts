import { Component, computed, inject, input } from '@angular/core';
import type { ServerInfo } from '@chatr/client';
import { Chatr } from '../core';

/** The way to the provider of single sign-on: a link, as the browser leaves for another site. */
@Component({
  selector: 'chatr-sso-button',
  template: `
    @if (!sso().only) {
      <p class="or" aria-hidden="true">or</p>
    }
    <a class="button button-wide" [class.button-primary]="sso().only" [href]="url()"
      ><span class="one-line">Continue with {{ sso().name }}</span></a
    >
  `,
  styles: `
    :host {
      display: block;
      margin-top: var(--space-4);
    }

    .or {
      display: flex;
      align-items: center;
      gap: var(--space-3);
      margin-bottom: var(--space-4);
      color: var(--text-muted);
      font-size: var(--text-small);
    }

    .or::before,
    .or::after {
      height: 1px;
      flex: 1;
      background: var(--line);
      content: '';
    }
  `,
})
export class SsoButton {
  readonly sso = input.required<NonNullable<ServerInfo['sso']>>();
  /** Where to go afterwards. */
  readonly next = input<string>();

  private readonly chatr = inject(Chatr);

  protected readonly url = computed(() => this.chatr.sso.startUrl(this.next()));
}
