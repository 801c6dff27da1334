import { afterNextRender, Component, inject, Injectable, signal, viewChild } from '@angular/core';
import { Clipboard } from '@angular/cdk/clipboard';
import { MatMenu, MatMenuContent, MatMenuItem } from '@angular/material/menu';
import type { MessageView } from '@chatr/client';
import { Chatr, Toasts } from '../core';
import { Confirm, Icon } from '../ui';
import { ComposeTarget } from './compose-target';

/** Hands the one menu of a conversation to its many messages. */
@Injectable()
export class MessageMenu {
  readonly panel = signal<MatMenu | undefined>(undefined);
}

/** What can be done with a message. One for a whole conversation; each message opens it for itself. */
@Component({
  selector: 'chatr-message-menu',
  imports: [Icon, MatMenu, MatMenuContent, MatMenuItem],
  template: `
    <mat-menu>
      <ng-template matMenuContent let-message="message">
        <button type="button" mat-menu-item (click)="target.reply(message)">
          <chatr-icon matMenuItemIcon name="reply" />Reply
        </button>
        <button type="button" mat-menu-item (click)="copy(message)">
          <chatr-icon matMenuItemIcon name="copy" />Copy text
        </button>
        @if (message.mine) {
          <button type="button" mat-menu-item (click)="target.edit(message)">
            <chatr-icon matMenuItemIcon name="edit" />Edit
          </button>
          <button type="button" mat-menu-item class="danger" (click)="unsend(message)">
            <chatr-icon matMenuItemIcon name="trash" />Unsend
          </button>
        }
      </ng-template>
    </mat-menu>
  `,
})
export class MessageMenuPanel {
  protected readonly target = inject(ComposeTarget);
  private readonly chatr = inject(Chatr);
  private readonly clipboard = inject(Clipboard);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  private readonly panel = viewChild.required(MatMenu);

  constructor() {
    const menu = inject(MessageMenu);
    afterNextRender(() => menu.panel.set(this.panel()));
  }

  protected copy(message: MessageView): void {
    if (this.clipboard.copy(message.content)) this.toasts.show('Copied.');
  }

  protected async unsend(message: MessageView): Promise<void> {
    const { id } = message;
    if (id === undefined) return;
    const sure = await this.confirm.ask({
      title: 'Unsend this message?',
      text: 'It disappears for everybody. They can see that a message was there.',
      action: 'Unsend',
    });
    if (sure) await this.toasts.attempt(() => this.chatr.unsend(id));
  }
}
