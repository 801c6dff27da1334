import { Component } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Icon } from '../ui';
import { ADMIN_PAGES } from './admin-pages';

/** For administrators: who is here, who may come in, and what was done. */
@Component({
  selector: 'chatr-admin',
  imports: [Icon, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <header>
      <a class="icon-button back" routerLink="/chats" aria-label="Back to chats"><chatr-icon name="back" /></a>
      <h1>Administration</h1>
    </header>
    <nav class="tabs" aria-label="Administration">
      @for (page of pages; track page.path) {
        <a [routerLink]="['/admin', page.path]" routerLinkActive="current" ariaCurrentWhenActive="page" replaceUrl>{{
          page.title
        }}</a>
      }
    </nav>
    <div class="scroll">
      <div class="column"><router-outlet /></div>
    </div>
  `,
  styleUrls: ['../ui/page.css', '../ui/tabs.css'],
  // The outlet itself would be an empty row of the column.
  styles: `
    router-outlet {
      display: none;
    }
  `,
})
export class Admin {
  protected readonly pages = ADMIN_PAGES;
}
