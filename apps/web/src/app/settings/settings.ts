import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../ui';
import { AppearanceSettings } from './appearance-settings';
import { BlockedSettings } from './blocked-settings';
import { ProfileSettings } from './profile-settings';
import { SessionSettings } from './session-settings';

@Component({
  selector: 'chatr-settings',
  imports: [AppearanceSettings, BlockedSettings, Icon, ProfileSettings, RouterLink, SessionSettings],
  template: `
    <header>
      <a class="icon-button back" routerLink="/chats" aria-label="Back to chats"><chatr-icon name="back" /></a>
      <h1>Settings</h1>
    </header>
    <div class="scroll">
      <div class="column">
        <chatr-profile-settings />
        <chatr-appearance-settings />
        <chatr-session-settings />
        <chatr-blocked-settings />
      </div>
    </div>
  `,
  styleUrl: '../ui/page.css',
})
export class Settings {}
