import { Injectable, signal } from '@angular/core';
import type { LoginChallenge } from '@chatr/client';

/** A log-in whose password was right and which needs more. */
export interface PendingLogin {
  challenge: LoginChallenge;
  /** What was typed to name the account. */
  identifier: string;
  /** Where to go afterwards; a path of this app. */
  next: string;
}

/** Carries a log-in from the screen of its first step to that of its second. In memory only: whoever reloads begins again. */
@Injectable({ providedIn: 'root' })
export class PendingLogins {
  readonly present = signal<PendingLogin | undefined>(undefined);
}
