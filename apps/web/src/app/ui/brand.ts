import { Component, input } from '@angular/core';

/** The mark and the name. */
@Component({
  selector: 'chatr-brand',
  template: `
    <img src="favicon.svg" alt="" [width]="size()" [height]="size()" />
    <span [style.font-size.px]="size() * 0.62">Chatr</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 10px;
    }

    span {
      font-weight: 680;
      letter-spacing: -0.03em;
    }
  `,
})
export class Brand {
  /** Height of the mark, in CSS pixels. */
  readonly size = input(32);
}
