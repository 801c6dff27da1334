import { Injectable } from '@nestjs/common';
import { type ChatChange, ChatChanged, joinedBy, type MessageDto, SharedMessage } from '../chats/index.js';
import { DomainEvents, NodeLink } from '../platform/index.js';

const TOPIC = 'chat-changes';
const ID_LENGTH = 36;
/** Stands behind the chat's id: whether the change lets people in, who may be on a node where nobody else is in the chat. */
const LETS_IN = '+';
const CONCERNS_MEMBERS = ' ';

/** Tells committed changes to the other nodes, and hears theirs. It is the quick way; the journal is the sure one. */
@Injectable()
export class ChangeExchange {
  constructor(
    private readonly events: DomainEvents,
    private readonly link: NodeLink,
  ) {}

  /** Hands over every change that is committed here or heard of; those from elsewhere only when `follows` their chat, or they let somebody in. */
  listen(accept: (change: ChatChanged) => void, follows: (chatId: string) => boolean): void {
    this.events.on(ChatChanged, (change) => {
      accept(change);
      this.link.publish(TOPIC, () => encode(change));
    });
    this.link.subscribe(TOPIC, (text) => {
      const chatId = text.slice(0, ID_LENGTH);
      if (text.charAt(ID_LENGTH) === LETS_IN || follows(chatId)) accept(decode(chatId, text));
    });
  }
}

/** The chat's id, the mark, the version; the change in JSON on a line of its own, and so the message, as it goes to sockets. */
function encode({ chatId, version, change }: ChatChanged): string {
  const mark = joinedBy(change).length > 0 ? LETS_IN : CONCERNS_MEMBERS;
  const head = `${chatId}${mark}${version}`;
  if (change.kind !== 'message') return `${head}\n${JSON.stringify(change)}`;
  const { shared, ...rest } = change;
  return `${head}\n${JSON.stringify(rest)}\n${shared.json}`;
}

function decode(chatId: string, text: string): ChatChanged {
  const [head = '', rest = '', json] = text.split('\n');
  const change = JSON.parse(rest) as ChatChange;
  if (change.kind === 'message' && json !== undefined) {
    change.shared = new SharedMessage(JSON.parse(json) as MessageDto, json);
  }
  return new ChatChanged(chatId, Number(head.slice(ID_LENGTH + 1)), change);
}
