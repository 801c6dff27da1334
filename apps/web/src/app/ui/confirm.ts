import { Component, inject, Injectable } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialog, MatDialogClose, MatDialogTitle } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';

export interface Question {
  title: string;
  text: string;
  /** The verb on the button that does it. */
  action: string;
}

@Component({
  selector: 'chatr-confirm-dialog',
  imports: [MatDialogTitle, MatDialogClose],
  template: `
    <h2 mat-dialog-title>{{ question.title }}</h2>
    <p>{{ question.text }}</p>
    <div class="actions">
      <button type="button" class="button" [mat-dialog-close]="false">Cancel</button>
      <button type="button" class="button button-danger" [mat-dialog-close]="true">{{ question.action }}</button>
    </div>
  `,
  styles: `
    :host {
      display: block;
      padding: var(--space-6);
    }

    h2 {
      padding: 0;
      font-size: 1.0625rem;
      line-height: 1.3;
    }

    h2::before {
      display: none;
    }

    p {
      margin-top: var(--space-2);
      color: var(--text-muted);
    }

    .actions {
      display: flex;
      justify-content: flex-end;
      gap: var(--space-2);
      margin-top: var(--space-6);
    }
  `,
})
class ConfirmDialog {
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
}

/** Asks before something that cannot be taken back. */
@Injectable({ providedIn: 'root' })
export class Confirm {
  private readonly dialog = inject(MatDialog);

  async ask(question: Question): Promise<boolean> {
    const dialog = this.dialog.open<ConfirmDialog, Question, boolean>(ConfirmDialog, {
      data: question,
      width: '400px',
      role: 'alertdialog',
      panelClass: 'sheet-dialog',
    });
    return (await firstValueFrom(dialog.afterClosed())) === true;
  }
}
