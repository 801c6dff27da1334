const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const QUESTION = 0x3f;
const [QUOTE, APOSTROPHE] = [0x22, 0x27];
const STREAM = Buffer.from('<stream:stream');

export interface StanzaHandlers {
  /** The stream's own opening tag. */
  opened(): void;
  /** A whole child of the stream: `buffer` from `start` to `end`, valid only until this returns. */
  stanza(buffer: Buffer, start: number, end: number): void;
}

/**
 * Cuts an XMPP stream into its stanzas, and looks at nothing but where tags begin and end. For servers' streams, which hold
 * neither comments nor CDATA (RFC 6120, 11.1).
 */
export class StanzaReader {
  /** What has come of a stanza that is not whole. */
  private rest: Buffer = Buffer.alloc(0);
  /** Elements open within the stream, and how far `rest` has been looked through. */
  private depth = 0;
  private scanned = 0;

  constructor(private readonly handlers: StanzaHandlers) {}

  read(chunk: Buffer): void {
    const data = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let begin = 0;
    let at = this.scanned;
    for (;;) {
      const tag = data.indexOf(LESS, at);
      if (tag === -1) {
        at = data.length;
        break;
      }
      const end = endOfTag(data, tag);
      if (end === -1) {
        at = tag;
        break;
      }
      at = end;
      if (this.depth === 0) begin = tag;
      if (this.tag(data, tag, end)) this.handlers.stanza(data, begin, end);
      if (this.depth === 0) begin = end;
    }
    // Copied: what was read into is used again for the next chunk.
    this.rest = Buffer.from(data.subarray(begin));
    this.scanned = at - begin;
  }

  /** The stream begins anew, as it does after log-in. */
  reset(): void {
    this.depth = 0;
  }

  /** @returns whether a stanza ends with this tag */
  private tag(data: Buffer, start: number, end: number): boolean {
    if (data[start + 1] === QUESTION) return false;
    if (data[start + 1] === SLASH) {
      // What closes nothing of ours closes the stream.
      if (this.depth === 0) return false;
      this.depth--;
      return this.depth === 0;
    }
    if (this.depth === 0 && data.compare(STREAM, 0, STREAM.length, start, Math.min(start + STREAM.length, end)) === 0) {
      this.handlers.opened();
      return false;
    }
    if (data[end - 2] === SLASH) return this.depth === 0;
    this.depth++;
    return false;
  }
}

/** @returns behind the `>` that ends the tag, -1 when that has not come; one within quotes ends nothing */
function endOfTag(data: Buffer, start: number): number {
  let quote = 0;
  for (let at = start + 1; at < data.length; at++) {
    const byte = data[at];
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
    else if (byte === GREATER) return at + 1;
  }
  return -1;
}
