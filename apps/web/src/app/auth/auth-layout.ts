import { Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Brand } from '../ui';

/** The card in the middle that every screen before sign-in is. */
@Component({
  selector: 'chatr-auth-layout',
  imports: [Brand, RouterOutlet],
  template: `
    <main class="card">
      <chatr-brand [size]="36" />
      <router-outlet />
    </main>
  `,
  styleUrl: './auth-layout.css',
})
export class AuthLayout {}
