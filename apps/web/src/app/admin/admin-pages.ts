import type { Routes } from '@angular/router';

/** The pages of the administration, in the order of their tabs. */
export const ADMIN_PAGES: Routes = [
  {
    path: 'people',
    title: 'People',
    loadComponent: () => import('./accounts-page').then((page) => page.AccountsPage),
  },
  {
    path: 'invitations',
    title: 'Invitations',
    loadComponent: () => import('./invitations-page').then((page) => page.InvitationsPage),
  },
  {
    path: 'registration',
    title: 'Registration',
    loadComponent: () => import('./registration-page').then((page) => page.RegistrationPage),
  },
  {
    path: 'audit',
    title: 'Audit log',
    loadComponent: () => import('./audit-page').then((page) => page.AuditPage),
  },
];
