import { Component, computed, inject, resource, signal } from '@angular/core';
import type { Passkey } from '@chatr/client';
import { ServerFacts } from '../auth/server-facts';
import { ago, Chatr, errorWords, exactTime, Now, Passkeys, Toasts } from '../core';
import { Confirm, Icon } from '../ui';
import { PasskeyAdd } from './passkey-add';
import { PasskeyName } from './passkey-name';

/** The passkeys with which this person signs in: adding, naming and removing them. */
@Component({
  selector: 'chatr-passkey-settings',
  imports: [Icon, PasskeyAdd, PasskeyName],
  template: `
    <h2>Passkeys</h2>
    @if (passkeys.hasValue()) {
      @let list = passkeys.value();
      <ul aria-label="Passkeys">
        @for (passkey of list; track passkey.id) {
          <li class="item">
            <chatr-icon name="key" [size]="22" />
            @if (renaming() === passkey.id) {
              <chatr-passkey-name [passkey]="passkey" (done)="renamed()" />
            } @else {
              <span class="lines">
                <span class="title one-line"
                  ><bdi>{{ passkey.name }}</bdi></span
                >
                <span class="muted" [title]="exactly(passkey)">{{ times(passkey) }}</span>
              </span>
              <button
                type="button"
                class="icon-button"
                [attr.aria-label]="'Rename ' + passkey.name"
                (click)="renaming.set(passkey.id)"
              >
                <chatr-icon name="edit" />
              </button>
              <button
                type="button"
                class="icon-button"
                [attr.aria-label]="'Remove ' + passkey.name"
                (click)="remove(passkey)"
              >
                <chatr-icon name="trash" />
              </button>
            }
          </li>
        } @empty {
          <li class="muted">
            With a passkey you sign in by fingerprint, face or PIN, without a password. Nobody can trick you out of it.
          </li>
        }
      </ul>
      @if (adding()) {
        <chatr-passkey-add (added)="added()" (cancelled)="adding.set(false)" />
      } @else if (obstacle(); as words) {
        <p class="muted obstacle">{{ words }}</p>
      } @else {
        <div class="actions">
          <button type="button" class="button" [class.button-primary]="list.length === 0" (click)="adding.set(true)">
            Add a passkey
          </button>
        </div>
      }
    } @else if (problem(); as problem) {
      <p class="muted">
        {{ problem }} <button type="button" class="link-button" (click)="passkeys.reload()">Try again</button>
      </p>
    } @else {
      <p class="muted" role="status">Loading…</p>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    .actions,
    .obstacle,
    chatr-passkey-add {
      margin-top: var(--space-3);
    }

    chatr-passkey-name {
      flex: 1;
    }
  `,
})
export class PasskeySettings {
  private readonly api = inject(Chatr).auth.passkeys;
  private readonly browser = inject(Passkeys);
  private readonly server = inject(ServerFacts);
  private readonly confirm = inject(Confirm);
  private readonly now = inject(Now);
  private readonly toasts = inject(Toasts);

  protected readonly passkeys = resource({ loader: () => this.api.list() });
  protected readonly adding = signal(false);
  /** The id of the one whose name is being changed. */
  protected readonly renaming = signal<string | undefined>(undefined);
  /** Why none can be added here. */
  protected readonly obstacle = computed(() => {
    if (this.server.facts()?.passkeys === false)
      return 'This server is reached at an IP address, and passkeys need a host name. Ask your administrator for one.';
    return this.browser.supported
      ? undefined
      : 'This browser offers no passkeys here. They need a current browser and a secure (https) address.';
  });

  protected problem(): string | undefined {
    const error = this.passkeys.error();
    return error === undefined ? undefined : errorWords(error);
  }

  protected times({ createdAt, lastUsedAt }: Passkey): string {
    const now = this.now.value();
    const used = lastUsedAt === null ? 'not used yet' : `used ${ago(lastUsedAt, now)}`;
    return `Added ${ago(createdAt, now)} · ${used}`;
  }

  protected exactly({ createdAt, lastUsedAt }: Passkey): string {
    const used = lastUsedAt === null ? '' : `, used ${exactTime(lastUsedAt)}`;
    return `Added ${exactTime(createdAt)}${used}`;
  }

  protected added(): void {
    this.adding.set(false);
    this.toasts.show('You can sign in with this passkey now.');
    this.passkeys.reload();
  }

  protected renamed(): void {
    this.renaming.set(undefined);
    this.passkeys.reload();
  }

  protected async remove({ id, name }: Passkey): Promise<void> {
    const sure = await this.confirm.ask({
      title: `Remove “${name}”?`,
      text: 'You can no longer sign in with it. Sessions that are open stay open. Delete it on your device, too.',
      action: 'Remove',
    });
    if (!sure) return;
    if (await this.toasts.attempt(() => this.api.remove(id))) this.toasts.show('Passkey removed.');
    this.passkeys.reload();
  }
}
