import type { Routes } from '@angular/router';
import { ADMIN_PAGES } from './admin-pages';

export const ADMIN_ROUTES: Routes = [
  {
    path: '',
    loadComponent: () => import('./admin').then((admin) => admin.Admin),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'people' },
      ...ADMIN_PAGES,
      {
        path: 'people/:userId',
        title: 'Account',
        loadComponent: () => import('./account-page').then((page) => page.AccountPage),
      },
    ],
  },
];
