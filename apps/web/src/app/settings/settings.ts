import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../ui';
import { AppearanceSettings } from './appearance-settings';
import { ProfileSettings } from './profile-settings';
import { SessionSettings } from './session-settings';
import { TwoStepSettings } from './two-step-settings';

@Component({
  selector: 'chatr-settings',
  imports: [AppearanceSettings, Icon, ProfileSettings, RouterLink, SessionSettings, TwoStepSettings],
  template: `
    <header>
      <a class="icon-button back" routerLink="/chats" aria-label="Back to chats"><chatr-icon name="back" /></a>
      <h1>Settings</h1>
    </header>
    <div class="scroll">
      <div class="column">
        <chatr-profile-settings />
        <chatr-appearance-settings />
        <chatr-two-step-settings />
        <chatr-session-settings />
      </div>
    </div>
  `,
  styleUrl: '../ui/page.css',
})
export class Settings {}
