import { Component } from '@angular/core';
import { ContactSettings } from '../contact-settings';
import { ProfileSettings } from '../profile-settings';
import { UsernameSettings } from '../username-settings';

@Component({
  selector: 'chatr-profile-page',
  imports: [ContactSettings, ProfileSettings, UsernameSettings],
  template: `<chatr-profile-settings /> <chatr-username-settings /> <chatr-contact-settings />`,
  styleUrl: './settings-page.css',
})
export class ProfilePage {}
