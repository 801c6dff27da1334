import { Module } from '@nestjs/common';
import { BlocksRepository } from './blocks.repository.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { ContactsRepository } from './contacts/contacts.repository.js';
import { ContactsService } from './contacts/contacts.service.js';
import { PeopleVisibility } from './privacy/people-visibility.js';
import { PrivacyController } from './privacy/privacy.controller.js';
import { PrivacyRepository } from './privacy/privacy.repository.js';
import { PrivacyService } from './privacy/privacy.service.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  controllers: [UsersController, PrivacyController, ContactsController],
  providers: [
    UsersService,
    UsersRepository,
    BlocksRepository,
    PeopleVisibility,
    PrivacyService,
    PrivacyRepository,
    ContactsService,
    ContactsRepository,
  ],
  exports: [UsersService, UsersRepository, BlocksRepository, PeopleVisibility],
})
export class UsersModule {}
