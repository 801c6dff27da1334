import type { Session } from './session.js';
import type { Group } from './wire.js';

/**
 * Group chats; a group's id is its chat's id. What changes comes back into the store by the events of the change. Every method
 * throws a `ChatrError` when the server refuses or cannot be reached.
 */
export class GroupsApi {
  constructor(private readonly session: Session) {}

  /** With all its members, also where the chat leaves them out. */
  get(id: string): Promise<Group> {
    return this.session.send({ method: 'GET', path: groupPath(id) });
  }

  rename(id: string, name: string): Promise<Group> {
    return this.session.send({ method: 'PATCH', path: groupPath(id), body: { name } });
  }

  addMembers(id: string, userIds: readonly string[]): Promise<Group> {
    return this.session.send({ method: 'POST', path: `${groupPath(id)}/members`, body: { userIds } });
  }

  async removeMember(id: string, userId: string): Promise<void> {
    await this.session.send({ method: 'DELETE', path: `${groupPath(id)}/members/${encodeURIComponent(userId)}` });
  }

  async leave(id: string): Promise<void> {
    await this.session.send({ method: 'POST', path: `${groupPath(id)}/leave` });
  }
}

function groupPath(id: string): string {
  return `/api/groups/${encodeURIComponent(id)}`;
}
