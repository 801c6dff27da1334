import { inject, Injectable } from '@angular/core';
import type { User } from '@chatr/client';
import { Chatr, Toasts } from '../core';
import { Confirm } from '../ui';

/** Blocks people, and takes it back. Everything resolves to whether it was done. */
@Injectable({ providedIn: 'root' })
export class Blocking {
  private readonly chatr = inject(Chatr);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);

  async block({ id, displayName }: Pick<User, 'id' | 'displayName'>): Promise<boolean> {
    const sure = await this.confirm.ask({
      title: `Block ${displayName}?`,
      text: 'Neither of you can write to the other, and they no longer see when you are online. They are not told. In groups you still see each other’s messages.',
      action: 'Block',
    });
    return sure && this.toasts.attempt(() => this.chatr.users.block(id));
  }

  unblock({ id }: Pick<User, 'id'>): Promise<boolean> {
    return this.toasts.attempt(() => this.chatr.users.unblock(id));
  }
}
