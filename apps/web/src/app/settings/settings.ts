import { Component } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Icon } from '../ui';
import { SETTINGS_PAGES } from './settings-pages';

/** What somebody can set about themselves, page by page. */
@Component({
  selector: 'chatr-settings',
  imports: [Icon, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <header>
      <a class="icon-button back" routerLink="/chats" aria-label="Back to chats"><chatr-icon name="back" /></a>
      <h1>Settings</h1>
    </header>
    <nav class="tabs" aria-label="Settings">
      @for (page of pages; track page.path) {
        <a [routerLink]="['/settings', page.path]" routerLinkActive="current" ariaCurrentWhenActive="page" replaceUrl>{{
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
export class Settings {
  protected readonly pages = SETTINGS_PAGES;
}
