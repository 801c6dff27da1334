export { Conversation } from './conversation';
export { Details } from './details';
