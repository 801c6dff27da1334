import { Component } from '@angular/core';
import { ContactSettings } from '../contact-settings';
import { PrivacySettings } from '../privacy-settings';

@Component({
  selector: 'chatr-privacy-page',
  imports: [ContactSettings, PrivacySettings],
  template: `<chatr-privacy-settings /><chatr-contact-settings />`,
  styleUrl: './settings-page.css',
})
export class PrivacyPage {}
