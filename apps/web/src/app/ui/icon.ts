import { Component, computed, input } from '@angular/core';

/** Strokes on a grid of 24. */
const PATHS = {
  alert: 'M12 8v5m0 3.2v.1M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z',
  back: 'm14.5 5.5-6.5 6.5 6.5 6.5',
  block: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM6 6l12 12',
  chats:
    'M12 4.5c4.7 0 8.5 3.1 8.5 7.2s-3.8 7.2-8.5 7.2c-1 0-2-.1-2.9-.4L4.8 20l.9-3.5a6.6 6.6 0 0 1-2.2-4.8c0-4.1 3.8-7.2 8.5-7.2Z',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clock: 'M12 7.5V12l3 2m-3-10.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z',
  close: 'm6.5 6.5 11 11m0-11-11 11',
  copy: 'M9 9h9.5v10.5H9zM6 15H5.5V4.5H15V6',
  device: 'M4.5 5.5h15v10h-15zM9 19.5h6m-3-4v4',
  down: 'M12 5.5v13m-5.5-5.5 5.5 5.5 5.5-5.5',
  edit: 'm5 19 .8-3.7L15.6 5.5a1.5 1.5 0 0 1 2.1 0l.8.8a1.5 1.5 0 0 1 0 2.1L8.7 18.2 5 19Z',
  eye: 'M3 12c2-3.9 5.2-6 9-6s7 2.1 9 6c-2 3.9-5.2 6-9 6s-7-2.1-9-6Zm9-2.6a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2Z',
  'eye-off':
    'M9.5 6.3A9 9 0 0 1 12 6c3.8 0 7 2.1 9 6a12 12 0 0 1-2.3 3.1M6.2 7.7A12 12 0 0 0 3 12c2 3.9 5.2 6 9 6 1.5 0 2.9-.3 4.1-.9M4 4l16 16',
  globe:
    'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM3.5 12h17M12 3.5c2.3 2.3 3.5 5.2 3.5 8.5s-1.2 6.2-3.5 8.5c-2.3-2.3-3.5-5.2-3.5-8.5s1.2-6.2 3.5-8.5Z',
  info: 'M12 11v5.2M12 7.8v.1m0-4.4a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z',
  invite: 'M10 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM4 19.5c.4-3.3 2.8-5 6-5 1.2 0 2.3.2 3.2.7M18 13.5v6m-3-3h6',
  key: 'M8 15.5a4 4 0 1 1 3.6-5.7h8.9v4.4h-2.6v2.3h-3v-2.3h-3.3A4 4 0 0 1 8 15.5Zm0-4v.1',
  leave: 'M10.5 4.5H5.5v15h5M10 12h9.5m-3.5-4 4 4-4 4',
  mail: 'M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5',
  monitor: 'M3.5 5h17v11h-17zM9 19.5h6',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z',
  more: 'M6 12v.1m6-.1v.1m6-.1v.1',
  person: 'M12 11.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4ZM4.8 20c.5-3.5 3.4-5.3 7.2-5.3s6.7 1.8 7.2 5.3',
  people:
    'M9 11.2a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8ZM2.8 19.5c.4-3.3 2.9-4.9 6.2-4.9s5.8 1.6 6.2 4.9M15.5 4.7a3.3 3.3 0 0 1 0 6.2m2 4c2.1.6 3.4 2.1 3.7 4.6',
  phone: 'M8 3.5h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1ZM11 17.5h2',
  plus: 'M12 5.5v13M5.5 12h13',
  reply: 'm9.5 6.5-5 5 5 5M5 11.5h8.5c3.5 0 6 2 6 6',
  retry: 'M19 12a7 7 0 1 1-2.2-5.1L19 9m0-4.5V9h-4.5',
  search: 'M10.8 4.5a6.3 6.3 0 1 1 0 12.6 6.3 6.3 0 0 1 0-12.6Zm4.6 10.9 4.1 4.1',
  send: 'M12 19V5.5m-6 6 6-6 6 6',
  shield: 'M12 3.5 5 6v5.5c0 4.4 2.9 7.6 7 9 4.1-1.4 7-4.6 7-9V6l-7-2.5Z',
  sliders:
    'M4 8h9m5 0h2M4 16h2m5 0h9M15.5 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4Zm-7 8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4Z',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8Zm0-4.5v1m0 15v1m8.5-8.5h-1m-15 0h-1m14.5-6-.7.7M6.7 17.3l-.7.7m12 0-.7-.7M6.7 6.7 6 6',
  trash: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10.3 10.5v5.5m3.4-5.5v5.5',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawn sign, hidden from screen readers: what it stands for is said beside it. */
@Component({
  selector: 'chatr-icon',
  template: `<svg viewBox="0 0 24 24" [style.width.px]="size()" [style.height.px]="size()">
    <path [attr.d]="path()" />
  </svg>`,
  styles: `
    :host {
      display: inline-grid;
      flex: none;
      place-items: center;
    }

    svg {
      display: block;
      fill: none;
      stroke: currentcolor;
      stroke-linecap: round;
      stroke-linejoin: round;
      stroke-width: 1.75;
    }

    :host([data-name='more']) svg {
      stroke-width: 2.6;
    }
  `,
  host: { 'aria-hidden': 'true', '[attr.data-name]': 'name()' },
})
export class Icon {
  readonly name = input.required<IconName>();
  /** In CSS pixels. */
  readonly size = input(20);

  protected readonly path = computed(() => PATHS[this.name()]);
}
