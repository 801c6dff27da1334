import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { AdminUserDetail } from '@chatr/client';
import { Chatr, Toasts } from '../core';
import { PasswordForm } from '../settings';

type Factor = AdminUserDetail['factors'][number];

const WORDS: Record<Factor['kind'], string> = {
  authenticator_app: 'Authenticator app',
  recovery_codes: 'Recovery codes left',
  passkeys: 'Passkeys',
  known_devices: 'Devices that need no mailed code',
};

/** What somebody's account is protected with beside the password, and help for whoever has lost it. */
@Component({
  selector: 'chatr-account-factors',
  imports: [PasswordForm],
  template: `
    <h2>Signing in</h2>
    <dl>
      @for (factor of user().factors; track factor.kind) {
        <div class="item">
          <dt class="title">{{ words[factor.kind] }}</dt>
          <dd class="muted">{{ state(factor) }}</dd>
        </div>
      }
    </dl>
    @if (isSelf()) {
      <p class="muted">You change these in your own settings.</p>
    } @else if (resetting()) {
      <chatr-password-form
        text="Their authenticator app, recovery codes and passkeys are taken away, and no device is known any more: their password and a mailed code let them in. They are told by mail."
        action="Reset"
        [danger]="true"
        [run]="reset"
        (cancelled)="resetting.set(false)"
      />
    } @else {
      <div class="actions">
        <button type="button" class="button" [disabled]="!!user().suspendedAt" (click)="sendPasswordReset()">
          Mail a code for a new password
        </button>
        <button type="button" class="button" [disabled]="!hasAny()" (click)="resetting.set(true)">Reset factors</button>
      </div>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    dl {
      margin: 0 0 var(--space-4);
    }

    .item {
      min-height: 44px;
      justify-content: space-between;
    }

    dd {
      margin: 0;
    }

    .actions {
      flex-wrap: wrap;
    }
  `,
})
export class AccountFactors {
  readonly user = input.required<AdminUserDetail>();
  readonly isSelf = input.required<boolean>();
  readonly changed = output();

  private readonly chatr = inject(Chatr);
  private readonly toasts = inject(Toasts);

  protected readonly words = WORDS;
  protected readonly resetting = signal(false);
  protected readonly hasAny = computed(() => this.user().factors.some(({ count }) => count > 0));

  protected state({ kind, count }: Factor): string {
    if (kind === 'authenticator_app') return count > 0 ? 'On' : 'Off';
    return count === 0 ? 'None' : String(count);
  }

  protected readonly reset = async (password: string): Promise<void> => {
    await this.chatr.admin.resetFactors(this.user().id, password);
    this.resetting.set(false);
    this.toasts.show('Their factors are reset.');
    this.changed.emit();
  };

  protected async sendPasswordReset(): Promise<void> {
    if (await this.toasts.attempt(() => this.chatr.admin.sendPasswordReset(this.user().id))) {
      this.toasts.show(`A code is on its way to ${this.user().email}.`);
    }
  }
}
