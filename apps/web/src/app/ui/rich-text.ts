import { Component, computed, input } from '@angular/core';
import { textSegments } from './text-segments';

/** What somebody wrote, with its line breaks and links. Everything is bound as text: no markup of theirs can reach the page. */
@Component({
  selector: 'chatr-rich-text',
  template: `@for (segment of segments(); track $index) {
    @if (segment.href) {
      <a [href]="segment.href" target="_blank" rel="noopener noreferrer nofollow">{{ segment.text }}</a>
    } @else {
      <span>{{ segment.text }}</span>
    }
  }`,
  styles: `
    :host {
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }

    a {
      color: inherit;
      text-decoration-color: color-mix(in srgb, currentcolor 45%, transparent);
    }

    a:hover {
      text-decoration-color: currentcolor;
    }
  `,
})
export class RichText {
  readonly text = input.required<string>();

  protected readonly segments = computed(() => textSegments(this.text()));
}
