import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { ChatrError, type Identity, type ServerInfo } from '@chatr/client';
import { FormState, PasswordInput, ssoWords } from '../auth';
import { ago, Chatr, errorWords, exactTime, Now, Toasts } from '../core';
import { Confirm, Field, Icon } from '../ui';

const NO_PASSWORD = 'Choose a password first, with “Forgot your password?” where you sign in.';

/** Whom the provider of single sign-on knows this person as, and a way to link and unlink that. */
@Component({
  selector: 'chatr-sso-settings',
  imports: [Field, Icon, PasswordInput],
  template: `
    <h2>Single sign-on</h2>
    @if (wrong(); as words) {
      <p class="notice notice-danger" role="alert">{{ words }}</p>
    } @else if (linked) {
      <p class="notice" role="status">Linked. From now on you can sign in with {{ sso().name }}.</p>
    }
    @if (identities.hasValue()) {
      @if (identities.value().length > 0) {
        <ul>
          @for (identity of identities.value(); track identity.id) {
            <li class="item">
              <chatr-icon name="shield" [size]="22" />
              <span class="lines">
                <span class="title one-line" dir="auto">{{ identity.label }}</span>
                <span class="muted one-line" [title]="exact(identity.linkedAt)">{{ about(identity) }}</span>
              </span>
              @if (!sso().only) {
                <button
                  type="button"
                  class="button button-small"
                  [attr.aria-label]="'Unlink ' + identity.label"
                  (click)="unlink(identity)"
                >
                  Unlink
                </button>
              }
            </li>
          }
        </ul>
      } @else if (!open()) {
        <p class="hint">Sign in with {{ sso().name }} instead of your password.</p>
        <div class="actions">
          <button type="button" class="button" (click)="open.set(true)">Link with {{ sso().name }}…</button>
        </div>
      } @else {
        <form novalidate (submit)="$event.preventDefault(); link()">
          @if (form.problem(); as problem) {
            <p class="notice notice-danger" role="alert">{{ problem }}</p>
          }
          <chatr-field label="Your password" inputId="sso-password" [error]="form.errors().password">
            <chatr-password-input
              inputId="sso-password"
              [(value)]="password"
              [invalid]="form.errors().password !== undefined"
            />
          </chatr-field>
          <div class="actions">
            <button type="button" class="button" (click)="cancel()">Cancel</button>
            <button class="button button-primary" [disabled]="form.busy()">Go on to {{ sso().name }}</button>
          </div>
        </form>
      }
    } @else if (problem(); as problem) {
      <p class="muted">
        {{ problem }} <button type="button" class="link-button" (click)="identities.reload()">Try again</button>
      </p>
    } @else {
      <p class="muted" role="status">Loading…</p>
    }
  `,
  styleUrl: '../ui/card.css',
  styles: `
    .notice {
      margin-bottom: var(--space-4);
    }
  `,
})
export class SsoSettings {
  readonly sso = input.required<NonNullable<ServerInfo['sso']>>();

  private readonly chatr = inject(Chatr);
  private readonly confirm = inject(Confirm);
  private readonly now = inject(Now);
  private readonly toasts = inject(Toasts);
  /** How linking ended: the browser comes back here from the provider. */
  private readonly outcome = inject(ActivatedRoute).snapshot.queryParamMap;

  protected readonly linked = this.outcome.get('sso') === 'linked';
  protected readonly wrong = computed(() => ssoWords(this.outcome.get('problem') ?? undefined, this.sso()));
  protected readonly identities = resource({ loader: () => this.chatr.sso.identities() });
  protected readonly open = signal(false);
  protected readonly password = signal('');
  protected readonly form = new FormState(['password']);
  protected readonly exact = exactTime;

  protected problem(): string | undefined {
    const error = this.identities.error();
    return error === undefined ? undefined : errorWords(error);
  }

  protected about({ linkedAt, lastUsedAt }: Identity): string {
    const now = this.now.value();
    return lastUsedAt === null ? `linked ${ago(linkedAt, now)}` : `last used ${ago(lastUsedAt, now)}`;
  }

  protected cancel(): void {
    this.open.set(false);
    this.password.set('');
  }

  /** The page is left for the provider's. */
  protected async link(): Promise<void> {
    await this.form.submit(
      { password: this.password() === '' ? 'Enter your password.' : undefined },
      async () => location.assign(await this.chatr.sso.linkUrl(this.password())),
      (error) => {
        if (error.code === 'credentials_invalid') this.form.fail('password', 'This is not your password.');
        else this.form.problem.set(ssoWords(error.code, this.sso()));
        return true;
      },
    );
  }

  protected async unlink(identity: Identity): Promise<void> {
    const sure = await this.confirm.ask({
      title: `Unlink ${identity.label}?`,
      text: `You cannot sign in with ${this.sso().name} then, until you link it again. You need a password to come back.`,
      action: 'Unlink',
    });
    if (!sure) return;
    try {
      await this.chatr.sso.unlink(identity.id);
      this.toasts.show('Unlinked.');
    } catch (error) {
      const isLastWay = error instanceof ChatrError && error.code === 'conflict';
      this.toasts.show(isLastWay ? NO_PASSWORD : errorWords(error));
    }
    this.identities.reload();
  }
}
