import { Component, inject, Injectable } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialog, MatDialogClose, MatDialogTitle } from '@angular/material/dialog';
import { Icon } from '../ui';
import { ProfileCard } from './profile-card';

@Component({
  selector: 'chatr-profile-dialog',
  imports: [Icon, MatDialogClose, MatDialogTitle, ProfileCard],
  template: `
    <header>
      <h2 mat-dialog-title>Profile</h2>
      <button #close type="button" class="icon-button" aria-label="Close" mat-dialog-close>
        <chatr-icon name="close" />
      </button>
    </header>
    <chatr-profile-card [userId]="data.userId" (messaged)="close.click()" />
  `,
  styles: `
    :host {
      display: block;
      padding: var(--space-5);
      padding-bottom: max(var(--space-6), env(safe-area-inset-bottom));
    }

    header {
      display: flex;
      align-items: center;
    }

    h2 {
      min-height: 0;
      flex: 1;
      padding: 0;
      margin: 0;
      font-size: 1.0625rem;
    }

    h2::before {
      display: none;
    }
  `,
})
class ProfileDialog {
  protected readonly data = inject<{ userId: string }>(MAT_DIALOG_DATA);
}

/** Shows who somebody is, above whatever is on the screen. */
@Injectable({ providedIn: 'root' })
export class Profiles {
  private readonly dialog = inject(MatDialog);

  show(userId: string): void {
    this.dialog.open(ProfileDialog, { width: '400px', panelClass: 'sheet-dialog', data: { userId } });
  }
}
