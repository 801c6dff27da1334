import { Component, inject, signal } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialogClose, MatDialogRef, MatDialogTitle } from '@angular/material/dialog';
import type { User } from '@chatr/client';
import { Chatr, Toasts } from '../core';
import { PeoplePicker } from '../people';
import { Icon } from '../ui';

@Component({
  selector: 'chatr-add-members-dialog',
  imports: [Icon, MatDialogClose, MatDialogTitle, PeoplePicker],
  template: `
    <header>
      <h2 mat-dialog-title>Add people</h2>
      <button type="button" class="icon-button" aria-label="Close" mat-dialog-close><chatr-icon name="close" /></button>
    </header>
    <chatr-people-picker [(picked)]="picked" [without]="data.members" />
    <footer>
      <button type="button" class="button" mat-dialog-close>Cancel</button>
      <button type="button" class="button button-primary" [disabled]="picked().length === 0 || busy()" (click)="add()">
        Add
      </button>
    </footer>
  `,
  styleUrl: '../ui/picker-dialog.css',
})
export class AddMembersDialog {
  protected readonly data = inject<{ chatId: string; members: ReadonlySet<string> }>(MAT_DIALOG_DATA);
  private readonly chatr = inject(Chatr);
  private readonly self = inject<MatDialogRef<AddMembersDialog>>(MatDialogRef);
  private readonly toasts = inject(Toasts);

  protected readonly picked = signal<readonly User[]>([]);
  protected readonly busy = signal(false);

  protected async add(): Promise<void> {
    this.busy.set(true);
    const ids = this.picked().map((user) => user.id);
    if (await this.toasts.attempt(() => this.chatr.groups.addMembers(this.data.chatId, ids))) this.self.close();
    this.busy.set(false);
  }
}
