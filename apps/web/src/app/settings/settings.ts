import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../ui';
import { AppearanceSettings } from './appearance-settings';
import { DeletionSettings } from './deletion-settings';
import { ExportSettings } from './export-settings';
import { ProfileSettings } from './profile-settings';
import { SessionSettings } from './session-settings';

@Component({
  selector: 'chatr-settings',
  imports: [AppearanceSettings, DeletionSettings, ExportSettings, Icon, ProfileSettings, RouterLink, SessionSettings],
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
        <chatr-export-settings />
        <chatr-deletion-settings />
      </div>
    </div>
  `,
  styleUrl: '../ui/page.css',
})
export class Settings {}
