export { StickyConnections } from './sticky-connections.js';
export { leaveFolder, placeFromEnvironment, type WorkerPlace } from './worker-place.js';
export { WorkerFailedError, WorkerPool } from './worker-pool.js';
export { isWorker, onStop, tellReady } from './worker.js';
