import { randomUUID } from 'node:crypto';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { RedisConnections } from '../redis/redis-connections.js';
import { decodeFrame, encodeFrame, type LinkText } from './link-frame.js';
import { NodeLink } from './node-link.js';

/** A node that has nothing to say says so: what it hears of itself tells that the link stands. */
const PULSE_MS = 2_000;
/** Without hearing oneself for so long, the link is down, whatever the connection says. */
const SILENCE_MS = 7_000;
/** Nodes unheard for so long are gone; a node that comes back has another id. */
const FORGET_MS = 60_000;
/** Characters that may be on their way to Redis; beyond, it takes less than is published. */
const MAX_UNANSWERED = 16_000_000;

/**
 * Redis' publish and subscribe, over one channel. What is published within one turn of the event loop goes as one frame. Frames
 * are numbered, so that a node knows when it missed some; what cannot be sent now is dropped, and only counts.
 */
export class RedisLink extends NodeLink implements OnApplicationShutdown {
  private readonly logger = new Logger(RedisLink.name);
  private readonly id = randomUUID();
  private readonly channel: string;
  private readonly handlers = new Map<string, ((text: string) => void)[]>();
  private readonly gapHandlers: (() => void)[] = [];
  private readonly heard = new Map<string, { number: number; at: number }>();
  private readonly pulse: NodeJS.Timeout;
  private waiting: LinkText[] = [];
  private flushing = false;
  private frames = 0;
  /** Characters published and not confirmed by Redis. */
  private unanswered = 0;
  private heardMyselfAt = performance.now();
  private reconnectedAt = 0;

  constructor(private readonly redis: RedisConnections) {
    super();
    this.channel = `${redis.prefix}:nodes`;
    redis.subscriber.on('message', (channel: string, frame: string) => {
      if (channel === this.channel) this.hear(frame);
    });
    redis.subscriber.on('ready', () => this.listen());
    if (redis.subscriber.status === 'ready') this.listen();
    this.pulse = setInterval(() => this.beat(), PULSE_MS).unref();
  }

  override publish(topic: string, text: () => string): void {
    if (this.redis.ready) this.waiting.push({ topic, text: text() });
    if (this.flushing) return;
    this.flushing = true;
    setImmediate(() => this.flush());
  }

  override subscribe(topic: string, handler: (text: string) => void): void {
    this.handlers.set(topic, [...(this.handlers.get(topic) ?? []), handler]);
  }

  override onGap(handler: () => void): void {
    this.gapHandlers.push(handler);
  }

  onApplicationShutdown(): void {
    clearInterval(this.pulse);
  }

  private flush(): void {
    this.flushing = false;
    const texts = this.waiting;
    this.waiting = [];
    this.frames += 1;
    if (!this.redis.ready || this.unanswered > MAX_UNANSWERED) return;
    const frame = encodeFrame({ sender: this.id, number: this.frames, texts });
    this.unanswered += frame.length;
    const answered = (): void => void (this.unanswered -= frame.length);
    // A frame that is lost is missed by its number.
    this.redis.publisher.publish(this.channel, frame).then(answered, answered);
  }

  /** Each time the connection stands: what was published while it did not is missed. */
  private listen(): void {
    this.redis.subscriber.subscribe(this.channel).then(
      () => this.gap(),
      () => undefined,
    );
  }

  private hear(text: string): void {
    const frame = decodeFrame(text);
    if (frame === undefined) return;
    const { sender, number, texts } = frame;
    const now = performance.now();
    const before = this.heard.get(sender);
    this.heard.set(sender, { number, at: now });
    if (sender === this.id) this.heardMyselfAt = now;
    else {
      for (const { topic, text: content } of texts) {
        for (const handler of this.handlers.get(topic) ?? []) this.call(() => handler(content));
      }
    }
    if (before !== undefined && number !== before.number + 1) this.gap();
  }

  private beat(): void {
    const now = performance.now();
    for (const [sender, { at }] of this.heard) if (now - at > FORGET_MS) this.heard.delete(sender);
    if (!this.flushing) this.flush();
    if (now - this.heardMyselfAt < SILENCE_MS) return;
    // Nothing is heard: whoever relies on it looks for itself now and then, until something is.
    this.gap();
    if (!this.redis.ready || now - this.reconnectedAt < SILENCE_MS) return;
    this.reconnectedAt = now;
    this.redis.subscriber.disconnect(true);
  }

  private gap(): void {
    for (const handler of this.gapHandlers) this.call(handler);
  }

  /** Another release may say what this one does not understand; that must not end it. */
  private call(handler: () => void): void {
    try {
      handler();
    } catch (error) {
      this.logger.error({ err: error }, 'what another node said was not understood');
    }
  }
}
