import { afterNextRender, Component, ElementRef, inject, Injector } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Brand } from '../ui';

/** The card in the middle that every screen before sign-in is. */
@Component({
  selector: 'chatr-auth-layout',
  imports: [Brand, RouterOutlet],
  template: `
    <main class="card">
      <chatr-brand [size]="36" />
      <router-outlet (activate)="focusFirstField()" />
    </main>
  `,
  styleUrl: './auth-layout.css',
})
export class AuthLayout {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);

  /** Whoever comes to one of these screens comes to type. A screen may have chosen a field by itself. */
  protected focusFirstField(): void {
    const focus = (): void => {
      if (this.host.querySelector('input:focus') === null) this.host.querySelector('input')?.focus();
    };
    afterNextRender(focus, { injector: this.injector });
  }
}
