import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { MatDialog } from '@angular/material/dialog';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Router, RouterLink } from '@angular/router';
import type { LIMITS } from '@chatr/contracts';
import type { Member, User } from '@chatr/client';
import { Chatr, Toasts } from '../core';
import { Blocking, PersonRow, ProfileCard, Profiles } from '../people';
import { Avatar, Confirm, Icon } from '../ui';

const NAME_LENGTH: (typeof LIMITS)['groupNameLength'] = 100;

const ROLE_WORDS: Record<Member['role'], string> = {
  owner: 'Owner',
  admin: 'Admin',
  moderator: 'Moderator',
  member: '',
};

/** Who is in a chat, and what can be done about it. */
@Component({
  selector: 'chatr-details',
  imports: [
    Avatar,
    FormsModule,
    Icon,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    PersonRow,
    ProfileCard,
    RouterLink,
  ],
  templateUrl: './details.html',
  styleUrl: './details.css',
})
export class Details {
  /** From the route. */
  readonly chatId = input.required<string>();

  protected readonly blocking = inject(Blocking);
  private readonly chatr = inject(Chatr);
  private readonly confirm = inject(Confirm);
  private readonly dialog = inject(MatDialog);
  private readonly router = inject(Router);
  protected readonly profiles = inject(Profiles);
  private readonly toasts = inject(Toasts);

  protected readonly roleWords = ROLE_WORDS;
  protected readonly nameLength = NAME_LENGTH;
  protected readonly chat = computed(() => this.chatr.chat(this.chatId()));
  protected readonly me = computed(() => this.chatr.me()?.id);
  /** Moderators and members can look, and leave. */
  protected readonly mayManage = computed(() => ['owner', 'admin'].includes(this.chat()?.role ?? ''));
  protected readonly newName = signal<string | undefined>(undefined);

  /** Chats leave out the members of very large groups; those are fetched when somebody looks. */
  private readonly fetched = resource({
    params: () => {
      const chat = this.chat();
      return chat?.type === 'group' && chat.members === undefined ? { id: chat.id, version: chat.version } : undefined;
    },
    loader: async ({ params }) => (await this.chatr.groups.get(params.id)).members,
  });

  protected readonly members = computed(() => {
    const members = this.chat()?.members ?? (this.fetched.hasValue() ? this.fetched.value() : []);
    const rank = (member: Member): number => ['owner', 'admin', 'moderator', 'member'].indexOf(member.role);
    return [...members].sort((a, b) => rank(a) - rank(b) || a.user.displayName.localeCompare(b.user.displayName));
  });

  protected async rename(): Promise<void> {
    const name = this.newName()?.trim();
    if (name !== undefined && name !== '' && name !== this.chat()?.name) {
      if (!(await this.toasts.attempt(() => this.chatr.groups.rename(this.chatId(), name)))) return;
    }
    this.newName.set(undefined);
  }

  protected async add(): Promise<void> {
    const { AddMembersDialog } = await import('./add-members-dialog');
    const members = new Set(this.members().map((member) => member.user.id));
    this.dialog.open(AddMembersDialog, {
      width: '440px',
      panelClass: 'sheet-dialog',
      data: { chatId: this.chatId(), members },
    });
  }

  protected async message(user: User): Promise<void> {
    await this.toasts.attempt(async () => {
      const chat = await this.chatr.openDirect(user.id);
      await this.router.navigate(['/chats', chat.id]);
    });
  }

  protected async remove(user: User): Promise<void> {
    const sure = await this.confirm.ask({
      title: `Remove ${user.displayName}?`,
      text: 'They can no longer read or write here.',
      action: 'Remove',
    });
    if (sure) await this.toasts.attempt(() => this.chatr.groups.removeMember(this.chatId(), user.id));
  }

  protected async leave(): Promise<void> {
    const sure = await this.confirm.ask({
      title: 'Leave this group?',
      text: 'You will no longer see its messages. Somebody in it can add you again.',
      action: 'Leave',
    });
    if (sure && (await this.toasts.attempt(() => this.chatr.groups.leave(this.chatId()))))
      await this.router.navigateByUrl('/chats');
  }
}
