import { Component } from '@angular/core';
import { BlockedSettings } from '../blocked-settings';
import { ContactsSettings } from '../contacts-settings';
import { PrivacySettings } from '../privacy-settings';

@Component({
  selector: 'chatr-privacy-page',
  imports: [BlockedSettings, ContactsSettings, PrivacySettings],
  template: `<chatr-privacy-settings /><chatr-contacts-settings /><chatr-blocked-settings />`,
  styleUrl: './settings-page.css',
})
export class PrivacyPage {}
