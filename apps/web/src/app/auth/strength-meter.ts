import { Component, computed, input, resource } from '@angular/core';
import { passwordStrength } from './password-strength';

/** Four bars and a line of advice. The estimator is fetched when the first of these is shown; without it the server has the word. */
@Component({
  selector: 'chatr-strength-meter',
  template: `
    <span class="bars" aria-hidden="true">
      @for (bar of [1, 2, 3, 4]; track bar) {
        <span class="bar" [class.on]="bar <= strength().level" [attr.data-level]="strength().level"></span>
      }
    </span>
    <span class="advice" aria-live="polite">{{ strength().advice }}</span>
  `,
  styles: `
    :host {
      display: block;
    }

    .bars {
      display: grid;
      gap: 4px;
      grid-template-columns: repeat(4, 1fr);
    }

    .bar {
      height: 4px;
      border-radius: 2px;
      background: var(--fill-quiet);
      transition: background-color var(--motion-slow) var(--motion-ease);
    }

    .on[data-level='1'] {
      background: var(--danger);
    }

    .on[data-level='2'] {
      background: var(--accent-500);
    }

    .on[data-level='3'],
    .on[data-level='4'] {
      background: var(--positive);
    }

    .advice {
      display: block;
      margin-top: 6px;
      color: var(--text-muted);
      font-size: var(--text-small);
    }
  `,
})
export class StrengthMeter {
  readonly password = input.required<string>();
  /** What a guesser would try first: names and addresses. */
  readonly about = input<readonly string[]>([]);

  private readonly estimator = resource({ loader: () => import('./password-estimate') });

  protected readonly strength = computed(() => {
    const estimator = this.estimator.hasValue() ? this.estimator.value() : undefined;
    return passwordStrength(this.password(), estimator?.estimate(this.password(), this.about()));
  });
}
