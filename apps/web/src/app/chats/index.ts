export { ChatList } from './chat-list';
export { NoChat } from './no-chat';
