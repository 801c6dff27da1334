import { inject } from '@angular/core';
import { type CanActivateFn, Router } from '@angular/router';
import { Chatr } from './chatr';
import { PendingLogins } from './pending-login';

/** Signed-out people sign in first and come back to where they wanted to go. */
export const signedIn: CanActivateFn = (_route, state) => {
  if (inject(Chatr).session() !== 'signed-out') return true;
  return inject(Router).createUrlTree(
    ['/login'],
    state.url === '/' || state.url === '/chats' ? {} : { queryParams: { next: state.url } },
  );
};

export const signedOut: CanActivateFn = () =>
  inject(Chatr).session() === 'signed-in' ? inject(Router).createUrlTree(['/chats']) : true;

export const administrator: CanActivateFn = () =>
  inject(Chatr).me()?.role === 'admin' ? true : inject(Router).createUrlTree(['/chats']);

/** The second step of signing in has nothing to ask when there was no first. */
export const secondStepDue: CanActivateFn = () =>
  inject(PendingLogins).present() === undefined ? inject(Router).createUrlTree(['/login']) : true;
