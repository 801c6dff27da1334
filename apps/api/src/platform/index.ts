export { Config, EMAIL_DOMAIN, loadConfig, type RegistrationPolicy } from './config/config.js';
export { ConfigError } from './config/config-error.js';
export { ConfigModule } from './config/config.module.js';
export { hasHostName } from './config/host-name.js';
export type { OidcSettings, RoleClaim } from './config/oidc-settings.js';
export {
  isDatabaseUnavailable,
  isLockTimeout,
  isSerializationFailure,
  isUniqueViolation,
} from './database/database-errors.js';
export { DatabaseModule } from './database/database.module.js';
export { EmbeddedPostgresError, startEmbeddedPostgres } from './database/embedded/index.js';
export { LOG_POOL } from './database/log-pool.js';
export { migrate, SchemaBehindError } from './database/migrate.js';
export {
  type PreparedStatement,
  runTransaction,
  type Step,
  type TextRow,
  toArrayText,
} from './database/transaction.js';
export { ProblemError } from './errors/problem-error.js';
export { quickInstance } from './errors/quick-instance.js';
export { toProblemError } from './errors/to-problem-error.js';
export { DomainEvents } from './events/domain-events.js';
export { Readiness } from './health/readiness.js';
export {
  type Actor,
  type ActorRequest,
  ADMIN_ONLY,
  AdminOnly,
  CurrentUser,
  USER_ROLES,
  type UserRole,
} from './http/actor.js';
export { ApiProblems } from './http/api-problems.decorator.js';
export { type Client, ClientInfo, BROWSER_COOKIE, DEVICE_COOKIE } from './http/client-info.js';
export { PreferredLanguage } from './http/preferred-language.js';
export { configureHttp } from './http/http-app.js';
export { createOpenApiDocument } from './http/openapi.js';
export { PageQueryDto } from './http/page-query.dto.js';
export { Public, PUBLIC } from './http/public.decorator.js';
export { serveWebApp } from './http/web-app.js';
export { type Language, LANGUAGES } from './language/languages.js';
export { newId } from './ids/ids.js';
export { IsId, normaliseId } from './ids/is-id.js';
export { createLog, NestLog } from './logging/logging.js';
export { compose, escapeHtml, type Letter } from './mail/compose.js';
export { MailModule } from './mail/mail.module.js';
export { Mailer } from './mail/mailer.js';
export { NodeLink } from './nodes/node-link.js';
export { NodesModule } from './nodes/nodes.module.js';
export { type ExportPart, inPages, OwnDataParts } from './own-data/own-data-parts.js';
export { PlatformModule } from './platform.module.js';
export { RedisConnections } from './redis/redis-connections.js';
export { REDIS, RedisModule } from './redis/redis.module.js';
export { RedisScript } from './redis/redis-script.js';
export { AddressThrottle, PersonThrottle } from './throttle/request-throttles.js';
export { type RateRule, Throttle } from './throttle/throttle.js';
export { SmsModule } from './sms/sms.module.js';
export { SmsSender } from './sms/sms-sender.js';
export { ThrottleModule } from './throttle/throttle.module.js';
export { RegistrationSetting } from './registration/registration-setting.js';
