import { Component, computed, inject, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { MatDialog, MatDialogClose, MatDialogRef, MatDialogTitle } from '@angular/material/dialog';
import { Router } from '@angular/router';
import type { User } from '@chatr/client';
import { Chatr, Contacts, Toasts } from '../core';
import { PeopleSearch, PersonRow } from '../people';
import { Icon } from '../ui';
import { NewGroupDialog } from './new-group-dialog';

@Component({
  selector: 'chatr-new-chat-dialog',
  imports: [FormsModule, Icon, MatDialogClose, MatDialogTitle, PersonRow],
  providers: [PeopleSearch],
  template: `
    <header>
      <h2 mat-dialog-title>New chat</h2>
      <button type="button" class="icon-button" aria-label="Close" mat-dialog-close><chatr-icon name="close" /></button>
    </header>
    <input
      class="input input-quiet"
      type="search"
      placeholder="Search people"
      aria-label="Search people"
      name="people"
      autocomplete="off"
      dir="auto"
      cdkFocusInitial
      [(ngModel)]="search.query"
    />
    <button type="button" class="group" (click)="newGroup()">
      <span class="group-sign"><chatr-icon name="people" /></span>New group
    </button>
    <ul class="people" aria-label="People">
      @for (user of people(); track user.id) {
        <li>
          <button type="button" class="person" [disabled]="busy()" (click)="open(user)">
            <chatr-person-row [user]="user">
              @if (contacts.has(user.id)) {
                <span class="contact">Contact</span>
              }
            </chatr-person-row>
          </button>
        </li>
      } @empty {
        @if (search.problem(); as problem) {
          <li class="none">{{ problem }}</li>
        } @else if (!search.loading()) {
          <li class="none">{{ search.query() ? 'Nobody by that name.' : 'There is nobody else here yet.' }}</li>
        }
      }
    </ul>
  `,
  styleUrl: '../ui/picker-dialog.css',
  styles: `
    .contact {
      color: var(--text-muted);
      font-size: var(--text-small);
    }
  `,
})
export class NewChatDialog {
  protected readonly search = inject(PeopleSearch);
  private readonly chatr = inject(Chatr);
  private readonly dialog = inject(MatDialog);
  private readonly self = inject<MatDialogRef<NewChatDialog>>(MatDialogRef);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);

  protected readonly contacts = inject(Contacts);
  /** Contacts come first; without a search all of them, also where they are more than a page of people. */
  protected readonly people = computed(() => {
    const found = this.search.results();
    const others = found.filter((user) => !this.contacts.has(user.id));
    if (this.search.query().trim() === '') return [...this.contacts.people(), ...others];
    return [...found.filter((user) => this.contacts.has(user.id)), ...others];
  });
  protected readonly busy = signal(false);

  protected async open(user: User): Promise<void> {
    this.busy.set(true);
    await this.toasts.attempt(async () => {
      const chat = await this.chatr.openDirect(user.id);
      this.self.close();
      await this.router.navigate(['/chats', chat.id]);
    });
    this.busy.set(false);
  }

  protected newGroup(): void {
    this.self.close();
    this.dialog.open(NewGroupDialog, { width: '440px', panelClass: 'sheet-dialog' });
  }
}
