export { type Appended } from './append.js';
export { MessageLog } from './message-log.js';
export { SendLane } from './send-lane.js';
