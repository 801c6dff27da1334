import { Injectable } from '@nestjs/common';
import type { Socket } from 'node:net';
import { MessagesService } from '../messages/index.js';
import type { UserSocket } from './user-socket.js';

/** Connections that are read on at the same time. Each may bring some hundred messages at once. */
const READ_ON_AT_ONCE = 8;

/** Far less than a heartbeat takes. */
const PATIENCE_MS = 10_000;

/**
 * Stops reading from connections that send while more messages wait than are soon written. What they send waits with them and on
 * its way: reading it only to refuse it would take the time that writing needs, and less would be written the more is sent.
 */
@Injectable()
export class Backpressure {
  private readonly held = new Set<Socket>();
  private releasing = false;

  constructor(private readonly messages: MessagesService) {}

  /** A message of this connection was taken in. */
  taken({ conn }: UserSocket): void {
    if (!this.messages.congested) return;
    // One that began by fetching has another connection now, which is not known here.
    const { headers, socket } = conn.request;
    if (headers.upgrade === undefined || this.held.has(socket)) return;
    socket.pause();
    this.held.add(socket);
    if (!this.releasing) void this.release();
  }

  /** Reads on, those first that have waited longest, as long as there is room. */
  private async release(): Promise<void> {
    this.releasing = true;
    while (this.held.size > 0) {
      // A connection that is not read does not hear that its client is alive, or gone.
      await Promise.race([this.messages.relieved(), delay(PATIENCE_MS)]);
      for (const socket of [...this.held].slice(0, READ_ON_AT_ONCE)) {
        this.held.delete(socket);
        socket.resume();
      }
      // What they bring is taken in before others follow.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.releasing = false;
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
