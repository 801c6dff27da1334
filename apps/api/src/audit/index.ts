export { type AuditAction } from './audit-actions.js';
export { AuditLog } from './audit-log.js';
export { AuditModule } from './audit.module.js';
