import type { Group } from './wire.js';

export interface GroupsApi {
  /** With all its members, also where the chat leaves them out. */
  get(id: string): Promise<Group>;
  rename(id: string, name: string): Promise<Group>;
  addMembers(id: string, userIds: readonly string[]): Promise<Group>;
  removeMember(id: string, userId: string): Promise<void>;
  leave(id: string): Promise<void>;
}
