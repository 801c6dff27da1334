import { Injectable } from '@nestjs/common';
import type { PresenceStatus } from './presence.dto.js';

export type DeviceStatus = Exclude<PresenceStatus, 'offline'>;

/** The connections of this server's people, each with what its device says of itself. */
@Injectable()
export class ConnectionRegistry {
  private readonly devices = new Map<string, Map<string, DeviceStatus>>();

  set(userId: string, connectionId: string, status: DeviceStatus): void {
    const own = this.devices.get(userId) ?? new Map<string, DeviceStatus>();
    this.devices.set(userId, own.set(connectionId, status));
  }

  delete(userId: string, connectionId: string): void {
    const own = this.devices.get(userId);
    own?.delete(connectionId);
    if (own?.size === 0) this.devices.delete(userId);
  }

  /** The most present of a person's devices: closing one tab leaves them online in the other. */
  statusOf(userId: string): PresenceStatus {
    const statuses = [...(this.devices.get(userId)?.values() ?? [])];
    if (statuses.includes('online')) return 'online';
    return statuses.length > 0 ? 'away' : 'offline';
  }
}
