import { Component, effect, inject, untracked } from '@angular/core';
import { Router, RouterOutlet } from '@angular/router';
import { Attention, Chatr } from './core';
import { Unreachable } from './shell';

@Component({
  selector: 'chatr-root',
  imports: [RouterOutlet, Unreachable],
  template: `
    @if (chatr.session() === 'unreachable') {
      <chatr-unreachable />
    } @else {
      <router-outlet />
    }
  `,
})
export class App {
  protected readonly chatr = inject(Chatr);
  private readonly router = inject(Router);

  constructor() {
    inject(Attention);
    // A session that ends under way (log-out here or elsewhere, suspension) leads back to the door.
    effect(() => {
      if (this.chatr.session() === 'signed-out') untracked(() => this.leave());
    });
  }

  private leave(): void {
    if (
      this.router.url.startsWith('/chats') ||
      this.router.url.startsWith('/settings') ||
      this.router.url.startsWith('/people')
    ) {
      void this.router.navigateByUrl('/login');
    }
  }
}
