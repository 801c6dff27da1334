/** What one node publishes at once. */
export interface LinkFrame {
  /** The node's id: letters, digits, dashes. */
  sender: string;
  /** Counts the sender's frames from 1, also those that could not be sent: who misses one can tell. */
  number: number;
  texts: LinkText[];
}

export interface LinkText {
  /** Letters, digits, dashes. */
  topic: string;
  text: string;
}

/**
 * `sender number topic:length topic:length`, a line feed, and the texts one after another. Their lengths, in UTF-16 units, stand in
 * front, so that nothing of them has to be escaped or looked at.
 */
export function encodeFrame({ sender, number, texts }: LinkFrame): string {
  let head = `${sender} ${number}`;
  let body = '';
  for (const { topic, text } of texts) {
    head += ` ${topic}:${text.length}`;
    body += text;
  }
  return `${head}\n${body}`;
}

/** Undefined where the text is no frame: another release may write others. */
export function decodeFrame(frame: string): LinkFrame | undefined {
  const end = frame.indexOf('\n');
  const [sender, number, ...heads] = frame.slice(0, Math.max(end, 0)).split(' ');
  if (sender === undefined || !/^\d+$/.test(number ?? '')) return undefined;
  const texts: LinkText[] = [];
  let from = end + 1;
  for (const head of heads) {
    const [topic = '', length = ''] = head.split(':');
    const to = from + Number(length);
    if (!/^\d+$/.test(length) || to > frame.length) return undefined;
    texts.push({ topic, text: frame.slice(from, to) });
    from = to;
  }
  return { sender, number: Number(number), texts };
}
