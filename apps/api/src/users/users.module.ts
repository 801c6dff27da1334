import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BlocksRepository } from './blocks.repository.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { ContactsRepository } from './contacts/contacts.repository.js';
import { ContactsService } from './contacts/contacts.service.js';
import { PeopleVisibility } from './privacy/people-visibility.js';
import { PrivacyController } from './privacy/privacy.controller.js';
import { PrivacyRepository } from './privacy/privacy.repository.js';
import { PrivacyService } from './privacy/privacy.service.js';
import { UsernamesController } from './usernames/usernames.controller.js';
import { UsernamesRepository } from './usernames/usernames.repository.js';
import { UsernamesService } from './usernames/usernames.service.js';
import { UsersController } from './users.controller.js';
import { UsersOwnData } from './users-own-data.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [AuditModule],
  // Usernames first: `users/username-check` is nobody's id.
  controllers: [UsernamesController, UsersController, PrivacyController, ContactsController],
  providers: [
    UsersService,
    UsersRepository,
    BlocksRepository,
    PeopleVisibility,
    PrivacyService,
    PrivacyRepository,
    ContactsService,
    ContactsRepository,
    UsernamesService,
    UsernamesRepository,
    UsersOwnData,
  ],
  exports: [UsersService, UsernamesService, UsersRepository, BlocksRepository, PeopleVisibility],
})
export class UsersModule {}
