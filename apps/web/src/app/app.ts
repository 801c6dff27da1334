import { Component, effect, inject, untracked } from '@angular/core';
import { type ActivatedRouteSnapshot, Router, RouterOutlet } from '@angular/router';
import { Attention, Chatr, signedIn } from './core';
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
    const { root } = this.router.routerState.snapshot;
    if (needsSession(root)) void this.router.navigateByUrl('/login');
  }
}

function needsSession(route: ActivatedRouteSnapshot): boolean {
  return route.routeConfig?.canActivate?.includes(signedIn) === true || route.children.some(needsSession);
}
