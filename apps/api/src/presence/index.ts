export { type DeviceStatus } from './connection-registry.js';
export { LastSeenEntity } from './last-seen.entity.js';
export { PresenceChanged } from './presence-events.js';
export { PresenceDto } from './presence.dto.js';
export { PresenceModule } from './presence.module.js';
export { PresenceService } from './presence.service.js';
