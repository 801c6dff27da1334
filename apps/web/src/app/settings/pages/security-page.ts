import { Component } from '@angular/core';
import { SessionSettings } from '../session-settings';

@Component({
  selector: 'chatr-security-page',
  imports: [SessionSettings],
  template: `<chatr-session-settings />`,
  styleUrl: './settings-page.css',
})
export class SecurityPage {}
