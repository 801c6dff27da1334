import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../ui';
import { AccountsAdmin } from './accounts-admin';
import { InvitesAdmin } from './invites-admin';

/** For administrators: who may come in, and who is here. */
@Component({
  selector: 'chatr-people-admin',
  imports: [AccountsAdmin, Icon, InvitesAdmin, RouterLink],
  template: `
    <header>
      <a class="icon-button back" routerLink="/chats" aria-label="Back to chats"><chatr-icon name="back" /></a>
      <h1>People and invitations</h1>
    </header>
    <div class="scroll">
      <div class="column">
        <chatr-invites-admin />
        <chatr-accounts-admin />
      </div>
    </div>
  `,
  styleUrl: '../ui/page.css',
})
export class PeopleAdmin {}
