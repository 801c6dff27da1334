import { Component, inject } from '@angular/core';
import { type Theme, ThemeChoice } from '../core';
import { Icon, type IconName } from '../ui';

@Component({
  selector: 'chatr-appearance-settings',
  imports: [Icon],
  template: `
    <h2 id="appearance">Appearance</h2>
    <div class="options" role="radiogroup" aria-labelledby="appearance">
      @for (option of options; track option.theme) {
        <label class="option" [class.chosen]="choice.theme() === option.theme">
          <input
            type="radio"
            class="visually-hidden"
            name="theme"
            [value]="option.theme"
            [checked]="choice.theme() === option.theme"
            (change)="choice.choose(option.theme)"
          />
          <chatr-icon [name]="option.icon" />{{ option.label }}
        </label>
      }
    </div>
  `,
  styleUrl: '../ui/card.css',
  styles: `
    .options {
      display: grid;
      gap: var(--space-2);
      grid-template-columns: repeat(3, 1fr);
    }

    .option {
      position: relative;
      display: grid;
      gap: var(--space-1);
      justify-items: center;
      padding: var(--space-3);
      border-radius: var(--radius-control);
      box-shadow: inset 0 0 0 1px var(--line);
      color: var(--text-muted);
      cursor: pointer;
      font-size: var(--text-small);
      font-weight: 560;
    }

    .option.chosen {
      background: var(--surface-selected);
      box-shadow: inset 0 0 0 1.5px var(--text-accent);
      color: var(--text-accent);
    }

    .option:has(:focus-visible) {
      outline: 2px solid var(--focus);
      outline-offset: 2px;
    }
  `,
})
export class AppearanceSettings {
  protected readonly choice = inject(ThemeChoice);

  protected readonly options: readonly { theme: Theme; label: string; icon: IconName }[] = [
    { theme: 'system', label: 'System', icon: 'monitor' },
    { theme: 'light', label: 'Light', icon: 'sun' },
    { theme: 'dark', label: 'Dark', icon: 'moon' },
  ];
}
