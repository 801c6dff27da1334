import { Component, computed, inject, input, output, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { AdminUser } from '@chatr/client';
import { Chatr, Toasts } from '../core';
import { PasswordForm } from '../settings';

/** Whether somebody administrates, and a way to change that. */
@Component({
  selector: 'chatr-account-role',
  imports: [PasswordForm],
  template: `
    <h2>Role</h2>
    <p class="hint">
      {{
        isAdmin()
          ? 'An administrator: lets people in and out, and reads the audit log. They see no chats but their own.'
          : 'Somebody like everybody else.'
      }}
    </p>
    @if (changing()) {
      <chatr-password-form [text]="text()" [action]="action()" [run]="change" (cancelled)="changing.set(false)" />
    } @else {
      <div class="actions">
        <button type="button" class="button" (click)="changing.set(true)">{{ action() }}</button>
      </div>
    }
  `,
  styleUrl: '../ui/card.css',
})
export class AccountRole {
  readonly user = input.required<AdminUser>();
  readonly isSelf = input.required<boolean>();
  readonly changed = output();

  private readonly chatr = inject(Chatr);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);

  protected readonly changing = signal(false);
  protected readonly isAdmin = computed(() => this.user().role === 'admin');
  protected readonly action = computed(() => {
    if (!this.isAdmin()) return 'Make administrator';
    return this.isSelf() ? 'Step back as administrator' : 'Take the role away';
  });
  protected readonly text = computed(() => {
    if (!this.isAdmin()) return `${this.user().displayName} can do everything that you can do here, at once.`;
    return this.isSelf()
      ? 'You can do nothing of this any more. Somebody else has to be an administrator.'
      : `${this.user().displayName} can do nothing of this any more.`;
  });

  protected readonly change = async (password: string): Promise<void> => {
    const role = this.isAdmin() ? 'user' : 'admin';
    await this.chatr.admin.changeRole(this.user().id, role, password);
    if (this.isSelf()) {
      // Learns from the server what one is now: what is shown to administrators alone goes away.
      await this.chatr.updateMe({});
      await this.router.navigateByUrl('/chats');
      return;
    }
    this.changing.set(false);
    this.toasts.show(role === 'admin' ? 'They are an administrator now.' : 'They are no administrator any more.');
    this.changed.emit();
  };
}
