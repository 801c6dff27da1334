export { Drain } from './drain.js';
export { eventModels } from './event.dto.js';
export { RealtimeModule } from './realtime.module.js';
export { SocketServerAdapter } from './socket-server.adapter.js';
