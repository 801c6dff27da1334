import type { Routes } from '@angular/router';
import { administrator, secondStepDue, signedIn, signedOut } from './core';

export const routes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'chats' },
  {
    path: '',
    canActivate: [signedOut],
    loadComponent: () => import('./auth').then((auth) => auth.AuthLayout),
    children: [
      { path: 'login', title: 'Sign in', loadComponent: () => import('./auth').then((auth) => auth.Login) },
      {
        path: 'login/verify',
        title: 'Sign in',
        canActivate: [secondStepDue],
        loadComponent: () => import('./auth').then((auth) => auth.SecondStep),
      },
      {
        path: 'register',
        title: 'Create an account',
        loadComponent: () => import('./auth').then((auth) => auth.Register),
      },
      {
        path: 'verify',
        title: 'Confirm your e-mail',
        loadComponent: () => import('./auth').then((auth) => auth.Verify),
      },
      {
        path: 'forgot-password',
        title: 'Forgotten password',
        loadComponent: () => import('./auth').then((auth) => auth.ForgotPassword),
      },
      {
        path: 'reset-password',
        title: 'New password',
        loadComponent: () => import('./auth').then((auth) => auth.ResetPassword),
      },
    ],
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell').then((shell) => shell.Shell),
    children: [
      {
        path: 'chats',
        pathMatch: 'full',
        title: 'Chats',
        loadComponent: () => import('./chats').then((chats) => chats.NoChat),
      },
      {
        path: 'chats/:chatId',
        data: { detail: true },
        loadComponent: () => import('./conversation').then((conversation) => conversation.Conversation),
        children: [
          {
            path: 'details',
            data: { detail: true },
            loadComponent: () => import('./conversation').then((conversation) => conversation.Details),
          },
        ],
      },
      {
        path: 'settings',
        data: { detail: true },
        loadChildren: () => import('./settings').then((settings) => settings.SETTINGS_ROUTES),
      },
      {
        path: 'admin',
        canActivate: [administrator],
        data: { detail: true },
        loadChildren: () => import('./admin').then((admin) => admin.ADMIN_ROUTES),
      },
      // Where it was before it had more than people.
      { path: 'people', pathMatch: 'full', redirectTo: 'admin/people' },
    ],
  },
  // Not for people who chat: on a server in production there is nothing to see.
  { path: 'dev/mail', title: 'Mails', loadComponent: () => import('./dev').then((dev) => dev.MailPreview) },
  { path: '**', title: 'Not found', loadComponent: () => import('./shell').then((shell) => shell.NotFound) },
];
