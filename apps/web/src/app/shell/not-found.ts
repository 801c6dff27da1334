import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Brand } from '../ui';

@Component({
  selector: 'chatr-not-found',
  imports: [Brand, RouterLink],
  template: `
    <main>
      <chatr-brand [size]="40" />
      <h1>There is nothing at this address</h1>
      <a class="button button-primary" routerLink="/chats">Go to your chats</a>
    </main>
  `,
  styles: `
    :host {
      display: grid;
      height: 100%;
      padding: var(--space-6);
      place-items: center;
    }

    main {
      display: grid;
      gap: var(--space-5);
      justify-items: center;
      text-align: center;
    }
  `,
})
export class NotFound {}
