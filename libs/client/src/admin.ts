import type { AdminUser, Invite, Page } from './wire.js';

export interface AdminApi {
  invite(email: string): Promise<Invite>;
  invites(): Promise<Invite[]>;
  revokeInvite(id: string): Promise<void>;
  users(query?: string, cursor?: string): Promise<Page<AdminUser>>;
  suspend(userId: string): Promise<void>;
  restore(userId: string): Promise<void>;
}
