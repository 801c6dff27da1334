import { Component, computed, inject, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { MatDialogClose, MatDialogRef, MatDialogTitle } from '@angular/material/dialog';
import { Router } from '@angular/router';
import type { User } from '@chatr/client';
import type { LIMITS } from '@chatr/contracts';
import { Chatr, Toasts } from '../core';
import { PeoplePicker } from '../people';
import { Field, Icon } from '../ui';

const NAME_LENGTH: (typeof LIMITS)['groupNameLength'] = 100;

@Component({
  selector: 'chatr-new-group-dialog',
  imports: [Field, FormsModule, Icon, MatDialogClose, MatDialogTitle, PeoplePicker],
  template: `
    <header>
      <h2 mat-dialog-title>New group</h2>
      <button type="button" class="icon-button" aria-label="Close" mat-dialog-close><chatr-icon name="close" /></button>
    </header>
    <chatr-field label="Name" inputId="group-name" [error]="error()">
      <input
        class="input"
        id="group-name"
        name="group-name"
        autocomplete="off"
        dir="auto"
        placeholder="What is it about?"
        cdkFocusInitial
        aria-describedby="group-name-note"
        [attr.maxlength]="nameLength"
        [attr.aria-invalid]="!!error()"
        [(ngModel)]="name"
      />
    </chatr-field>
    <chatr-people-picker [(picked)]="members" />
    <footer>
      <button type="button" class="button" mat-dialog-close>Cancel</button>
      <button type="button" class="button button-primary" [disabled]="busy()" (click)="create()">{{ label() }}</button>
    </footer>
  `,
  styleUrl: '../ui/picker-dialog.css',
})
export class NewGroupDialog {
  private readonly chatr = inject(Chatr);
  private readonly self = inject<MatDialogRef<NewGroupDialog>>(MatDialogRef);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);

  protected readonly nameLength = NAME_LENGTH;
  protected readonly name = signal('');
  protected readonly members = signal<readonly User[]>([]);
  protected readonly busy = signal(false);
  protected readonly error = signal<string | undefined>(undefined);
  protected readonly label = computed(() => {
    const count = this.members().length;
    return count === 0 ? 'Create group' : `Create group with ${count}`;
  });

  protected async create(): Promise<void> {
    const name = this.name().trim();
    this.error.set(name === '' ? 'Give the group a name.' : undefined);
    if (name === '') return;
    this.busy.set(true);
    await this.toasts.attempt(async () => {
      const chat = await this.chatr.createGroup(
        name,
        this.members().map((user) => user.id),
      );
      this.self.close();
      await this.router.navigate(['/chats', chat.id]);
    });
    this.busy.set(false);
  }
}
