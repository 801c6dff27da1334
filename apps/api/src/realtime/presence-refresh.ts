import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/index.js';
import { NodeLink } from '../platform/index.js';
import { PresenceService } from '../presence/index.js';
import { type ChatrServer, rooms, type UserSocket } from './user-socket.js';

/** After the link stands again, the nodes take this long to note their people anew. */
const SETTLED_MS = 8_000;
/** So many people at once, so often: a break is no reason to overload what has just come back. */
const BATCH = 50;
const PAUSE_MS = 200;

/** Who came and went while the other nodes could not be heard: everybody connected here is told anew how it is. */
@Injectable()
export class PresenceRefresh {
  private server: ChatrServer;
  private next: NodeJS.Timeout | undefined;

  constructor(
    private readonly link: NodeLink,
    private readonly presence: PresenceService,
  ) {}

  attach(server: ChatrServer): void {
    this.server = server;
    this.link.onGap(() => this.refreshAt(SETTLED_MS));
  }

  private refreshAt(inMs: number): void {
    clearTimeout(this.next);
    this.next = setTimeout(() => void this.refresh(this.people()), inMs).unref();
  }

  private async refresh(people: readonly Actor[]): Promise<void> {
    const left = people.slice(BATCH);
    await Promise.all(people.slice(0, BATCH).map((actor) => this.tell(actor)));
    if (left.length === 0) return;
    clearTimeout(this.next);
    this.next = setTimeout(() => void this.refresh(left), PAUSE_MS).unref();
  }

  private async tell(actor: Actor): Promise<void> {
    try {
      const users = await this.presence.contacts(actor);
      this.server.local.to(rooms.user(actor.id)).emit('presence:update', { users });
    } catch {
      // Who needs to know asks; the others learn it by the next change.
    }
  }

  /** Each person who is connected here, once. */
  private people(): Actor[] {
    const sockets: Iterable<UserSocket> = this.server.of('/').sockets.values();
    return [...new Map([...sockets].map(({ data }) => [data.actor.id, data.actor])).values()];
  }
}
