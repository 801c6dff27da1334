import { Component } from '@angular/core';
import { PasskeySettings } from '../passkey-settings';
import { SessionSettings } from '../session-settings';
import { TwoStepSettings } from '../two-step-settings';

@Component({
  selector: 'chatr-security-page',
  imports: [PasskeySettings, SessionSettings, TwoStepSettings],
  template: `<chatr-two-step-settings /> <chatr-passkey-settings /> <chatr-session-settings />`,
  styleUrl: './settings-page.css',
})
export class SecurityPage {}
