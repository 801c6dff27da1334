import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../schedule/random.js';
import type { Device, Sent } from './device.js';
import { type Answer, call, Pass } from './rest.js';

const AGAIN_MS = 400;
/** A message that is not settled after this long stays open: the run is about to end. */
const PATIENCE_TRIES = 150;

interface Stored {
  id: string;
  seq: number;
  code?: string;
}

/** Sends what was sent, and things twice at once, beside the SDK and over other connections, which lead to other nodes. */
export class Repeater {
  readonly #pass: Pass;
  #busy = false;

  constructor(private readonly device: Device) {
    this.#pass = new Pass(device.spec.otherUrl, device.spec.person);
  }

  /** Some of what this device has sent goes out again under the same names. */
  async repeat(random: Random): Promise<void> {
    const chosen = random.shuffled(this.device.repeatable()).slice(0, 6);
    await Promise.all(
      chosen.map(async (sent) => {
        const answer = await this.post(random.pick([this.device.spec.url, this.device.spec.otherUrl]), sent);
        this.settle(sent, [answer]);
      }),
    );
  }

  /** A new message, over two ways at the same time, until one of them brings an answer. One after the other: they keep their order. */
  async sayTwice(chatId: string, words: string): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const sent = { chatId, clientId: randomUUID(), content: this.device.compose(chatId, words, 'r') };
      this.device.tell({ what: 'sent', ...sent });
      const { url, otherUrl } = this.device.spec;
      for (let tries = 0; tries < PATIENCE_TRIES; tries++) {
        const answers = await Promise.all([this.post(url, sent), this.post(otherUrl, sent)]);
        if (this.settle(sent, answers)) return;
        await sleep(AGAIN_MS);
      }
    } finally {
      this.#busy = false;
    }
  }

  private async post(url: string, { chatId, clientId, content }: Sent): Promise<Answer<Stored>> {
    try {
      return await call<Stored>(url, `/chats/${chatId}/messages`, await this.#pass.token(), { clientId, content });
    } catch {
      return { status: 0, body: undefined };
    }
  }

  /** Whether it is known what became of it. */
  private settle({ chatId, clientId }: Sent, answers: readonly Answer<Stored>[]): boolean {
    const stored = answers.flatMap(({ status, body }) => ((status === 200 || status === 201) && body ? [body] : []));
    for (const { id, seq } of stored) this.device.tell({ what: 'acknowledged', chatId, clientId, id, seq, by: 'rest' });
    if (stored.length > 0) return true;
    const refusal = answers.find(({ status }) => status >= 400 && status < 500 && status !== 401 && status !== 429);
    if (refusal === undefined || answers.some(({ status }) => status === 0 || status >= 500)) return false;
    this.device.tell({ what: 'refused', chatId, clientId, code: refusal.body?.code ?? '' });
    return true;
  }
}
