import { Component } from '@angular/core';
import { ProfileSettings } from '../profile-settings';

@Component({
  selector: 'chatr-profile-page',
  imports: [ProfileSettings],
  template: `<chatr-profile-settings />`,
  styleUrl: './settings-page.css',
})
export class ProfilePage {}
