import type { MessageView } from '@chatr/client';
import type { ViewProblem } from './protocol.js';

/** What is wrong with what is shown, if anything. */
export interface Flaw {
  problem: ViewProblem;
  detail: string;
}

/**
 * Looks at a chat as a person would, again and again, and knows what it has seen before. What may be missing for a moment (an own
 * message is shown as soon as it is acknowledged, also before those of others that stand above it) is left to those who have a watch.
 */
export class Screen {
  /** By chat, the number up to which every message has been on the screen. */
  readonly #reached = new Map<string, number>();

  /** @param firstSeq the first message that the person may see */
  look(chatId: string, messages: readonly MessageView[], firstSeq: number): { reached: number; flaws: Flaw[] } {
    const numbers = messages.flatMap(({ state, seq }) => (state === 'confirmed' && seq !== undefined ? [seq] : []));
    const reached = endOfRun(numbers, firstSeq);
    const flaws = [...outOfOrder(messages, numbers), ...doubled(messages)];
    const before = this.#reached.get(chatId) ?? 0;
    if (reached < before)
      flaws.push({ problem: 'lost', detail: `shown up to ${before}, and then only up to ${reached}` });
    this.#reached.set(chatId, reached);
    return { reached, flaws };
  }

  /** The chat is not this person's any more. */
  forget(chatId: string): void {
    this.#reached.delete(chatId);
  }
}

/** The last number before the first that is missing. */
function endOfRun(numbers: readonly number[], firstSeq: number): number {
  let last = (numbers[0] ?? firstSeq) - 1;
  for (const number of numbers) {
    if (number > last + 1) break;
    last = Math.max(last, number);
  }
  return last;
}

function outOfOrder(messages: readonly MessageView[], numbers: readonly number[]): Flaw[] {
  const flaws: Flaw[] = [];
  const step = numbers.findIndex((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0));
  if (step > 0)
    flaws.push({ problem: 'reordered', detail: `${numbers[step] ?? 0} is shown below ${numbers[step - 1] ?? 0}` });
  const firstWaiting = messages.findIndex(({ state }) => state !== 'confirmed');
  if (firstWaiting >= 0 && messages.slice(firstWaiting).some(({ state }) => state === 'confirmed'))
    flaws.push({ problem: 'reordered', detail: 'a confirmed message is shown below one that waits' });
  return flaws;
}

function doubled(messages: readonly MessageView[]): Flaw[] {
  const seen = new Set<string>();
  for (const { senderId, clientId } of messages) {
    const name = `${senderId} ${clientId}`;
    if (seen.has(name)) return [{ problem: 'doubled', detail: `${clientId} is shown twice` }];
    seen.add(name);
  }
  return [];
}
