import { Component, inject } from '@angular/core';
import { ServerFacts } from '../../auth';
import { ContactSettings } from '../contact-settings';
import { PasskeySettings } from '../passkey-settings';
import { PasswordSettings } from '../password-settings';
import { SessionSettings } from '../session-settings';
import { SsoSettings } from '../sso-settings';
import { TwoStepSettings } from '../two-step-settings';

@Component({
  selector: 'chatr-security-page',
  imports: [ContactSettings, PasskeySettings, PasswordSettings, SessionSettings, SsoSettings, TwoStepSettings],
  template: `
    <chatr-contact-settings />
    <chatr-password-settings />
    <chatr-two-step-settings />
    <chatr-passkey-settings />
    @if (server.facts()?.sso; as sso) {
      <chatr-sso-settings [sso]="sso" />
    }
    <chatr-session-settings />
  `,
  styleUrl: './settings-page.css',
})
export class SecurityPage {
  protected readonly server = inject(ServerFacts);
}
