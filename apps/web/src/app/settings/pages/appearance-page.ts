import { Component } from '@angular/core';
import { AppearanceSettings } from '../appearance-settings';

@Component({
  selector: 'chatr-appearance-page',
  imports: [AppearanceSettings],
  template: `<chatr-appearance-settings />`,
  styleUrl: './settings-page.css',
})
export class AppearancePage {}
