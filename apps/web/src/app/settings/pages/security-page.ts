import { Component } from '@angular/core';
import { ContactSettings } from '../contact-settings';
import { SessionSettings } from '../session-settings';

@Component({
  selector: 'chatr-security-page',
  imports: [ContactSettings, SessionSettings],
  template: `
    <chatr-contact-settings />
    <chatr-session-settings />
  `,
  styleUrl: './settings-page.css',
})
export class SecurityPage {}
