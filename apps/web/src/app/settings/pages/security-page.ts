import { Component } from '@angular/core';
import { ContactSettings } from '../contact-settings';
import { PasskeySettings } from '../passkey-settings';
import { PasswordSettings } from '../password-settings';
import { SessionSettings } from '../session-settings';
import { TwoStepSettings } from '../two-step-settings';

@Component({
  selector: 'chatr-security-page',
  imports: [ContactSettings, PasskeySettings, PasswordSettings, SessionSettings, TwoStepSettings],
  template: `
    <chatr-contact-settings />
    <chatr-password-settings />
    <chatr-two-step-settings />
    <chatr-passkey-settings />
    <chatr-session-settings />
  `,
  styleUrl: './settings-page.css',
})
export class SecurityPage {}
