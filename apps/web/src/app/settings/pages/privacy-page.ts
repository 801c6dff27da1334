import { Component } from '@angular/core';
import { ContactsSettings } from '../contacts-settings';
import { PrivacySettings } from '../privacy-settings';

@Component({
  selector: 'chatr-privacy-page',
  imports: [ContactsSettings, PrivacySettings],
  template: `<chatr-privacy-settings /><chatr-contacts-settings />`,
  styleUrl: './settings-page.css',
})
export class PrivacyPage {}
