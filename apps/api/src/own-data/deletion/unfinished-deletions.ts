import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AccountErasure } from './account-erasure.js';
import { ChatDepartures } from './chat-departures.js';
import { DeletionsRepository, type UnfinishedDeletion } from './deletions.repository.js';

const EVERY_MS = 60_000;

/** Sees to it that deletions reach every chat: right away, and again where a node died in the middle or somebody was let in meanwhile. */
@Injectable()
export class UnfinishedDeletions implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(UnfinishedDeletions.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly deletions: DeletionsRepository,
    private readonly departures: ChatDepartures,
    private readonly erasure: AccountErasure,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.resumeSoon(), EVERY_MS).unref();
    this.resumeSoon();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Goes through what is unfinished, in the background; what comes while it does is seen to as well. */
  resumeSoon(): void {
    this.again = true;
    this.running ??= this.resume().finally(() => (this.running = undefined));
  }

  private async resume(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        for (const deletion of await this.deletions.unfinished()) await this.goOn(deletion);
      } catch (error) {
        this.logger.warn({ err: error }, 'deleted accounts could not be looked up; it is tried again soon');
      }
    }
  }

  private async goOn({ userId, toldEverywhere, settled }: UnfinishedDeletion): Promise<void> {
    if (this.stopped) return;
    try {
      await this.departures.leave(userId);
      if (!toldEverywhere) {
        await this.departures.forgetName(userId);
        await this.deletions.toldEverywhere(userId);
      }
      if (settled) await this.erasure.settle(userId);
    } catch (error) {
      this.logger.warn({ err: error, userId }, 'a deleted account is still in chats; it is tried again soon');
    }
  }
}
