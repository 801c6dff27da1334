import { Component } from '@angular/core';
import { ContactSettings } from '../contact-settings';
import { SessionSettings } from '../session-settings';
import { TwoStepSettings } from '../two-step-settings';

@Component({
  selector: 'chatr-security-page',
  imports: [ContactSettings, SessionSettings, TwoStepSettings],
  template: `
    <chatr-contact-settings />
    <chatr-two-step-settings />
    <chatr-session-settings />
  `,
  styleUrl: './settings-page.css',
})
export class SecurityPage {}
