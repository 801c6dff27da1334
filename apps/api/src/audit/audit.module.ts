import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log.js';
import { AuditOwnData } from './audit-own-data.js';

@Module({
  providers: [AuditLog, AuditOwnData],
  exports: [AuditLog],
})
export class AuditModule {}
