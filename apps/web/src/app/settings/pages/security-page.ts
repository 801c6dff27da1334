import { Component, inject } from '@angular/core';
import { ServerFacts } from '../../auth';
import { SessionSettings } from '../session-settings';
import { SsoSettings } from '../sso-settings';

@Component({
  selector: 'chatr-security-page',
  imports: [SessionSettings, SsoSettings],
  template: `
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
