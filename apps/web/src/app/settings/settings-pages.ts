import type { Routes } from '@angular/router';

/** The pages of the settings, in the order of their tabs. A section is a card of one of them. */
export const SETTINGS_PAGES: Routes = [
  {
    path: 'profile',
    title: 'Profile',
    loadComponent: () => import('./pages/profile-page').then((page) => page.ProfilePage),
  },
  {
    path: 'privacy',
    title: 'Privacy',
    loadComponent: () => import('./pages/privacy-page').then((page) => page.PrivacyPage),
  },
  {
    path: 'security',
    title: 'Security',
    loadComponent: () => import('./pages/security-page').then((page) => page.SecurityPage),
  },
  {
    path: 'appearance',
    title: 'Appearance',
    loadComponent: () => import('./pages/appearance-page').then((page) => page.AppearancePage),
  },
  {
    path: 'data',
    title: 'Your data',
    loadComponent: () => import('./pages/data-page').then((page) => page.DataPage),
  },
];
