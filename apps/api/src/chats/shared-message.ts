import type { MessageDto, MessageStatus } from './message.dto.js';

/** A message as everybody in its chat may see it. Its JSON is made once, however many hear of it, and on however many nodes. */
export class SharedMessage {
  private text: string | undefined;

  /** @param message without `status`, which is for the sender's eyes @param json the same, where it is known */
  constructor(
    readonly message: MessageDto,
    json?: string,
  ) {
    this.text = json;
  }

  get json(): string {
    return (this.text ??= JSON.stringify(this.message));
  }

  /** As its sender sees it. */
  forSender(status: MessageStatus): MessageDto {
    return { ...this.message, status };
  }

  /** The JSON of `forSender`. */
  jsonForSender(status: MessageStatus): string {
    return `${this.json.slice(0, -1)},"status":"${status}"}`;
  }
}
