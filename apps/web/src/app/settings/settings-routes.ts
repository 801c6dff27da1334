import type { Routes } from '@angular/router';
import { SETTINGS_PAGES } from './settings-pages';

export const SETTINGS_ROUTES: Routes = [
  {
    path: '',
    loadComponent: () => import('./settings').then((settings) => settings.Settings),
    children: [{ path: '', pathMatch: 'full', redirectTo: 'profile' }, ...SETTINGS_PAGES],
  },
];
