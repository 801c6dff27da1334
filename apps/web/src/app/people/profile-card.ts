import { Component, computed, effect, inject, input, output, resource } from '@angular/core';
import { Router } from '@angular/router';
import { Chatr, Contacts, errorWords, Now, presenceWords, Toasts } from '../core';
import { Avatar, Icon } from '../ui';

/** Who somebody is, with as much as they show, and what can be done about it. */
@Component({
  selector: 'chatr-profile-card',
  imports: [Avatar, Icon],
  templateUrl: './profile-card.html',
  styleUrl: './profile-card.css',
})
export class ProfileCard {
  readonly userId = input.required<string>();
  /** Whether a chat with them is open already. */
  readonly inChat = input(false);
  /** A chat with them is about to be shown. */
  readonly messaged = output();

  private readonly chatr = inject(Chatr);
  private readonly now = inject(Now);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly contacts = inject(Contacts);

  protected readonly profile = resource({
    params: () => ({ id: this.userId() }),
    loader: ({ params }) => this.chatr.users.get(params.id),
  });
  protected readonly problem = computed(() => {
    const error = this.profile.error();
    return error === undefined ? undefined : errorWords(error);
  });
  protected readonly isMe = computed(() => this.chatr.me()?.id === this.userId());
  protected readonly isContact = computed(() => this.contacts.has(this.userId()));
  protected readonly presence = computed(() => this.chatr.presence(this.userId()));
  protected readonly presenceWords = computed(() => presenceWords(this.presence(), this.now.value()));

  constructor() {
    effect(() => this.chatr.requestPresence([this.userId()]));
  }

  protected async message(): Promise<void> {
    await this.toasts.attempt(async () => {
      const chat = await this.chatr.openDirect(this.userId());
      this.messaged.emit();
      await this.router.navigate(['/chats', chat.id]);
    });
  }

  protected async toggleContact(): Promise<void> {
    const id = this.userId();
    await this.toasts.attempt(() => (this.isContact() ? this.contacts.remove(id) : this.contacts.add(id)));
  }
}
