export { type Appended } from './append.js';
export { MessageLog } from './message-log.js';
export { SendLane, type SendTurn } from './send-lane.js';
