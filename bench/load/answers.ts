/**
 * What is awaited, by numbers that count up from 0. Answers come nearly in the order of the questions, so what is awaited is a short
 * stretch of an array. A `Map` that gets and loses an entry for each message is rebuilt every few messages, and each of its
 * former tables keeps the next one alive once it has grown old: collecting that garbage stopped the load for 30 ms at a time.
 */
export class Answers<T> {
  private readonly awaited: (T | undefined)[] = [];
  /** The number of the first one in `awaited`. */
  private first = 0;

  /** @returns its number */
  expect(answer: T): number {
    return this.first + this.awaited.push(answer) - 1;
  }

  /** Each is given once. */
  take(number: number): T | undefined {
    const answer = this.awaited[number - this.first];
    if (answer === undefined) return undefined;
    this.awaited[number - this.first] = undefined;
    while (this.awaited.length > 0 && this.awaited[0] === undefined) {
      this.awaited.shift();
      this.first++;
    }
    return answer;
  }

  takeAll(): T[] {
    this.first += this.awaited.length;
    return this.awaited.splice(0).filter((answer) => answer !== undefined);
  }
}
