import { Component } from '@angular/core';
import { DeletionSettings } from '../deletion-settings';
import { ExportSettings } from '../export-settings';

@Component({
  selector: 'chatr-data-page',
  imports: [DeletionSettings, ExportSettings],
  template: `
    <chatr-export-settings />
    <chatr-deletion-settings />
  `,
  styleUrl: './settings-page.css',
})
export class DataPage {}
