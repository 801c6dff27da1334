import { Component } from '@angular/core';
import { ContactSettings } from '../contact-settings';
import { ProfileSettings } from '../profile-settings';

@Component({
  selector: 'chatr-profile-page',
  imports: [ContactSettings, ProfileSettings],
  template: `<chatr-profile-settings /> <chatr-contact-settings />`,
  styleUrl: './settings-page.css',
})
export class ProfilePage {}
