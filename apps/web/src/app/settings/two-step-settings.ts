import { Component, computed, inject, resource, signal } from '@angular/core';
import { Chatr, errorWords, Toasts } from '../core';
import { Icon } from '../ui';
import { PasswordForm } from './password-form';
import { RecoveryCodes } from './recovery-codes';
import { TwoStepSetup } from './two-step-setup';

/** What the card shows: how it stands, or one of the things one can do. */
type Mode = 'state' | 'setup' | 'codes' | 'disable' | 'renew';

/** A code of an app beside the password: setting it up, its recovery codes, turning it off. */
@Component({
  selector: 'chatr-two-step-settings',
  imports: [Icon, PasswordForm, RecoveryCodes, TwoStepSetup],
  template: `
    <h2>Two-step verification</h2>
    @switch (mode()) {
      @case ('setup') {
        <chatr-two-step-setup (enabled)="show($event)" (cancelled)="back()" />
      }
      @case ('codes') {
        <chatr-recovery-codes [codes]="codes()" (done)="back()" />
      }
      @case ('disable') {
        <chatr-password-form
          text="Signing in will ask for your password only. Your recovery codes stop working."
          action="Turn off"
          [danger]="true"
          [run]="disable"
          (cancelled)="back()"
        />
      }
      @case ('renew') {
        <chatr-password-form
          text="You get ten new recovery codes. The ones you have now stop working."
          action="Make new codes"
          [run]="renew"
          (cancelled)="back()"
        />
      }
      @default {
        @if (state.hasValue()) {
          @let now = state.value();
          <div class="item">
            <chatr-icon name="shield" [size]="22" />
            <span class="lines">
              <span class="title">{{ now.enabled ? 'On' : 'Off' }}</span>
              <span class="muted">{{
                now.enabled ? leftWords() : 'A code of an app on your phone keeps out whoever learns your password.'
              }}</span>
            </span>
          </div>
          <div class="actions">
            @if (now.enabled) {
              <button type="button" class="button" (click)="mode.set('disable')">Turn off</button>
              <button type="button" class="button" (click)="mode.set('renew')">New recovery codes</button>
            } @else {
              <button type="button" class="button button-primary" (click)="mode.set('setup')">Set up</button>
            }
          </div>
        } @else if (problem(); as problem) {
          <p class="muted">
            {{ problem }} <button type="button" class="link-button" (click)="state.reload()">Try again</button>
          </p>
        } @else {
          <p class="muted" role="status">Loading…</p>
        }
      }
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    .actions {
      flex-wrap: wrap;
      margin-top: var(--space-2);
    }
  `,
})
export class TwoStepSettings {
  private readonly twoFactor = inject(Chatr).auth.twoFactor;
  private readonly toasts = inject(Toasts);

  protected readonly state = resource({ loader: () => this.twoFactor.state() });
  protected readonly mode = signal<Mode>('state');
  protected readonly codes = signal<readonly string[]>([]);
  protected readonly leftWords = computed(() => {
    const left = this.state.value()?.recoveryCodesLeft ?? 0;
    if (left === 0) return 'No recovery codes are left: make new ones before you need one.';
    return left === 1 ? 'One recovery code is left.' : `${left} recovery codes are left.`;
  });

  protected readonly disable = async (password: string): Promise<void> => {
    await this.twoFactor.disable(password);
    this.toasts.show('Two-step verification is off.');
    this.back();
  };

  protected readonly renew = async (password: string): Promise<void> => {
    this.show(await this.twoFactor.renewRecoveryCodes(password));
  };

  protected problem(): string | undefined {
    const error = this.state.error();
    return error === undefined ? undefined : errorWords(error);
  }

  protected show(codes: readonly string[]): void {
    this.codes.set(codes);
    this.mode.set('codes');
  }

  protected back(): void {
    this.codes.set([]);
    this.mode.set('state');
    this.state.reload();
  }
}
