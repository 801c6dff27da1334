import { Component, inject, linkedSignal, resource, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { RegistrationSetting } from '@chatr/client';
import { Chatr, errorWords, Toasts } from '../core';
import { Field } from '../ui';

type Policy = NonNullable<RegistrationSetting['policy']>;

const CHOICES: readonly { policy: Policy; label: string; hint: string }[] = [
  { policy: 'open', label: 'Everybody', hint: 'Whoever can read the mail of their address.' },
  { policy: 'domains', label: 'Certain domains', hint: 'Addresses of the domains below, and whoever is invited.' },
  { policy: 'invite', label: 'By invitation', hint: 'Only addresses that an administrator has invited.' },
  { policy: 'closed', label: 'Nobody', hint: 'Not even whoever is invited.' },
];

/** Who may create an account. */
@Component({
  selector: 'chatr-registration-page',
  imports: [Field, FormsModule],
  template: `
    <h2>Who may create an account</h2>
    @if (setting.hasValue()) {
      <form novalidate (ngSubmit)="save()">
        <fieldset>
          <legend class="visually-hidden">Who may create an account</legend>
          <label class="choice">
            <input type="radio" name="policy" [value]="null" [(ngModel)]="policy" />
            <span class="lines">
              <span class="title">As the server is configured</span>
              <span class="muted">At the moment: {{ configured() }}</span>
            </span>
          </label>
          @for (choice of choices; track choice.policy) {
            <label class="choice">
              <input type="radio" name="policy" [value]="choice.policy" [(ngModel)]="policy" />
              <span class="lines">
                <span class="title">{{ choice.label }}</span>
                <span class="muted">{{ choice.hint }}</span>
              </span>
            </label>
          }
        </fieldset>
        @if (policy() === 'domains') {
          <chatr-field
            label="Domains"
            inputId="domains"
            hint="Separated by commas or spaces, such as example.org, example.com"
            [error]="error()"
          >
            <input
              class="input"
              id="domains"
              name="domains"
              dir="ltr"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              aria-describedby="domains-note"
              [attr.aria-invalid]="!!error()"
              [(ngModel)]="domains"
            />
          </chatr-field>
        }
        <div class="actions">
          <button class="button button-primary" [disabled]="busy()">Save</button>
        </div>
      </form>
    } @else if (problem(); as problem) {
      <p class="muted">
        {{ problem }} <button type="button" class="link-button" (click)="setting.reload()">Try again</button>
      </p>
    } @else {
      <p class="muted" role="status">Loading…</p>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    fieldset {
      display: grid;
      margin: 0;
      padding: 0;
      border: 0;
    }

    .choice {
      display: flex;
      align-items: flex-start;
      gap: var(--space-3);
      padding-block: var(--space-3);
      cursor: pointer;
    }

    .choice + .choice {
      border-top: 1px solid var(--line);
    }

    .choice input {
      width: 18px;
      height: 18px;
      flex: none;
      margin: 2px 0 0;
      accent-color: var(--fill-accent);
    }
  `,
})
export class RegistrationPage {
  private readonly chatr = inject(Chatr);
  private readonly toasts = inject(Toasts);

  protected readonly choices = CHOICES;
  protected readonly setting = resource({ loader: () => this.chatr.admin.registration() });
  protected readonly policy = linkedSignal(() => this.present()?.policy ?? null);
  protected readonly domains = linkedSignal(() => this.present()?.domains.join(', ') ?? '');
  protected readonly error = signal<string | undefined>(undefined);
  protected readonly busy = signal(false);

  protected problem(): string | undefined {
    const error = this.setting.error();
    return error === undefined ? undefined : errorWords(error);
  }

  protected configured(): string {
    const { policy, domains } = this.present()?.configured ?? { policy: 'open', domains: [] };
    if (policy === 'domains') return domains.join(', ');
    return CHOICES.find((choice) => choice.policy === policy)?.label.toLowerCase() ?? policy;
  }

  protected async save(): Promise<void> {
    const policy = this.policy();
    const domains = policy === 'domains' ? domainsIn(this.domains()) : [];
    const wrong = domains.find((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/u.test(domain));
    const isMissing = policy === 'domains' && domains.length === 0;
    this.error.set(
      isMissing ? 'Enter at least one domain.' : wrong === undefined ? undefined : `“${wrong}” is not a domain.`,
    );
    if (this.error() !== undefined) return;
    this.busy.set(true);
    if (
      await this.toasts.attempt(async () => this.setting.set(await this.chatr.admin.setRegistration(policy, domains)))
    ) {
      this.toasts.show('Saved. It holds from now on.');
    }
    this.busy.set(false);
  }

  private present(): RegistrationSetting | undefined {
    return this.setting.hasValue() ? this.setting.value() : undefined;
  }
}

function domainsIn(text: string): string[] {
  return [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,;]+/u)
        .filter((part) => part !== ''),
    ),
  ];
}
