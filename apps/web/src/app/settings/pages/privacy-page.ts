import { Component } from '@angular/core';
import { BlockedSettings } from '../blocked-settings';
import { ContactSettings } from '../contact-settings';
import { PrivacySettings } from '../privacy-settings';

@Component({
  selector: 'chatr-privacy-page',
  imports: [BlockedSettings, ContactSettings, PrivacySettings],
  template: `<chatr-privacy-settings /><chatr-contact-settings /><chatr-blocked-settings />`,
  styleUrl: './settings-page.css',
})
export class PrivacyPage {}
