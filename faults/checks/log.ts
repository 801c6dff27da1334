import type { Finding } from './findings.js';

/** A message as the server has it at the end. */
export interface LoggedMessage {
  id: string;
  seq: number;
  clientId: string;
  senderId: string;
  /** Empty where it was unsent. */
  content: string;
}

/** A message as its sender knows it. */
export interface SentMessage {
  chatId: string;
  clientId: string;
  senderId: string;
  content: string;
  /** Each answer that said it is stored; `seq` is 0 where the answer was not seen itself. */
  acknowledged: readonly { id: string; seq: number }[];
}

/**
 * Compares the log of each chat with what was promised about it.
 * @param logs by chat, ascending, whole
 */
export function checkLogs(
  logs: ReadonlyMap<string, readonly LoggedMessage[]>,
  sent: readonly SentMessage[],
): Finding[] {
  const contents = new Map(sent.map((message) => [nameOf(message), message.content]));
  const findings = sent.flatMap((message) => lostOf(message, logs.get(message.chatId) ?? []));
  for (const [chatId, log] of logs) {
    findings.push(...gapsOf(chatId, log), ...doubledOf(chatId, log), ...reorderedOf(chatId, log, contents));
  }
  return findings;
}

function lostOf({ chatId, clientId, senderId, acknowledged }: SentMessage, log: readonly LoggedMessage[]): Finding[] {
  if (acknowledged.length === 0) return [];
  const finding = { check: 'lost', chatId, clientId } as const;
  const stored = log.find((message) => message.clientId === clientId && message.senderId === senderId);
  if (stored === undefined) return [{ ...finding, detail: 'it was acknowledged and is not in the log' }];
  const other = acknowledged.find(({ id, seq }) => seq !== 0 && (seq !== stored.seq || id !== stored.id));
  if (other === undefined) return [];
  return [
    { ...finding, detail: `it was acknowledged as number ${other.seq} and stands there as number ${stored.seq}` },
  ];
}

function gapsOf(chatId: string, log: readonly LoggedMessage[]): Finding[] {
  return log.flatMap(({ seq }, index): Finding[] => {
    const expected = (log[index - 1]?.seq ?? 0) + 1;
    return seq === expected ? [] : [{ check: 'gap', chatId, detail: `number ${expected} is followed by ${seq}` }];
  });
}

function doubledOf(chatId: string, log: readonly LoggedMessage[]): Finding[] {
  const findings: Finding[] = [];
  const names = new Set<string>();
  for (const { senderId, clientId, content, seq } of log) {
    // Twice the same text can be meant; ours begin with a count that no device gives twice.
    const count = countOf(content)?.text;
    for (const name of [`${senderId} ${clientId}`, ...(count === undefined ? [] : [count])]) {
      if (names.has(name))
        findings.push({ check: 'doubled', chatId, clientId, detail: `number ${seq} is there already: ${name}` });
      names.add(name);
    }
  }
  return findings;
}

/** What one device sent to one chat must stand there in the order in which it was sent. */
function reorderedOf(chatId: string, log: readonly LoggedMessage[], contents: ReadonlyMap<string, string>): Finding[] {
  const findings: Finding[] = [];
  const last = new Map<string, number>();
  for (const message of log) {
    const count = countOf(contents.get(nameOf({ chatId, ...message })) ?? message.content);
    if (count === undefined) continue;
    const before = last.get(count.stream) ?? 0;
    if (count.number < before) {
      const detail = `${count.text} stands below ${count.stream}#${before}, as number ${message.seq}`;
      findings.push({ check: 'reordered', chatId, clientId: message.clientId, detail });
    }
    last.set(count.stream, Math.max(before, count.number));
  }
  return findings;
}

/** Each of our texts begins with the name of what sent it, and a count: `p03b#17`. */
function countOf(content: string): { text: string; stream: string; number: number } | undefined {
  const [text, stream, number] = /^(\w+)#(\d+)/.exec(content) ?? [];
  return text === undefined || stream === undefined ? undefined : { text, stream, number: Number(number) };
}

function nameOf({ chatId, senderId, clientId }: { chatId: string; senderId: string; clientId: string }): string {
  return `${chatId} ${senderId} ${clientId}`;
}
