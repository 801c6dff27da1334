import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { AuditExport } from './audit-export.js';
import { AuditEventsRepository } from './audit-events.repository.js';
import { AuditLog } from './audit-log.js';
import { AuditOwnData } from './audit-own-data.js';
import { AuditReader } from './audit-reader.js';

@Module({
  controllers: [AuditController],
  providers: [AuditEventsRepository, AuditExport, AuditLog, AuditOwnData, AuditReader],
  exports: [AuditLog],
})
export class AuditModule {}
