import { Component } from '@angular/core';
import { SessionSettings } from '../session-settings';
import { TwoStepSettings } from '../two-step-settings';

@Component({
  selector: 'chatr-security-page',
  imports: [SessionSettings, TwoStepSettings],
  template: `<chatr-two-step-settings /> <chatr-session-settings />`,
  styleUrl: './settings-page.css',
})
export class SecurityPage {}
