import {
  type ApplicationConfig,
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
} from '@angular/core';
import { provideRouter, TitleStrategy, withComponentInputBinding } from '@angular/router';
import { MATERIAL_ANIMATIONS } from '@angular/material/core';
import { Chatr, PageTitle } from './core';
import { routes } from './app.routes';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideZonelessChangeDetection(),
    provideRouter(routes, withComponentInputBinding()),
    // Whether somebody is signed in decides which screen comes first, so it is settled before the router starts.
    provideAppInitializer(() => inject(Chatr).restore()),
    { provide: TitleStrategy, useExisting: PageTitle },
    { provide: MATERIAL_ANIMATIONS, useValue: { animationsDisabled: true } },
  ],
};
