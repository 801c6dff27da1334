export { type Appended, type AppendDraft } from './append.js';
export { MessageLog } from './message-log.js';
export { SendLane } from './send-lane.js';
