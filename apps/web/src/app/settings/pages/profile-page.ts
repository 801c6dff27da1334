import { Component } from '@angular/core';
import { ProfileSettings } from '../profile-settings';
import { UsernameSettings } from '../username-settings';

@Component({
  selector: 'chatr-profile-page',
  imports: [ProfileSettings, UsernameSettings],
  template: `<chatr-profile-settings /><chatr-username-settings />`,
  styleUrl: './settings-page.css',
})
export class ProfilePage {}
