import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { ChatsModule } from '../chats/index.js';
import { GroupsModule } from '../groups/index.js';
import { MessagesModule } from '../messages/index.js';
import { UsersModule } from '../users/index.js';
import { AccountDeletion } from './deletion/account-deletion.js';
import { AccountErasure } from './deletion/account-erasure.js';
import { ChatDepartures } from './deletion/chat-departures.js';
import { DeletionsRepository } from './deletion/deletions.repository.js';
import { UnfinishedDeletions } from './deletion/unfinished-deletions.js';
import { ExportContent } from './export/export-content.js';
import { ExportedChats } from './export/exported-chats.js';
import { ExportsRepository } from './export/exports.repository.js';
import { ExportsService } from './export/exports.service.js';
import { ExportDownloadController, OwnDataController } from './own-data.controller.js';
import { OwnDataMails } from './own-data-mails.js';

/** Everything that is kept about a person, for themselves: to take along, and to have deleted. */
@Module({
  imports: [AuditModule, AuthModule, ChatsModule, GroupsModule, MessagesModule, UsersModule],
  controllers: [OwnDataController, ExportDownloadController],
  providers: [
    AccountDeletion,
    AccountErasure,
    ChatDepartures,
    DeletionsRepository,
    ExportContent,
    ExportedChats,
    ExportsRepository,
    ExportsService,
    OwnDataMails,
    UnfinishedDeletions,
  ],
})
export class OwnDataModule {}
