import type { Me, Page, User } from './wire.js';

export interface UsersApi {
  search(query: string, cursor?: string): Promise<Page<User>>;
  get(id: string): Promise<User>;
  updateMe(changes: { displayName?: string; about?: string }): Promise<Me>;
}
