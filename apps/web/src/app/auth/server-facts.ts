import { inject, Injectable, resource } from '@angular/core';
import type { ServerInfo } from '@chatr/client';
import { Chatr } from '../core';

/** What the server says of itself to people who are not signed in; unknown until it has answered. */
@Injectable({ providedIn: 'root' })
export class ServerFacts {
  private readonly chatr = inject(Chatr);
  private readonly info = resource({ loader: () => this.chatr.serverInfo() });

  /** Undefined while unknown: nothing on these screens waits for it. */
  facts(): ServerInfo | undefined {
    return this.info.hasValue() ? this.info.value() : undefined;
  }
}
