import { ChatrError, type ChatView, type MessageView } from '@chatr/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../schedule/random.js';
import type { Device } from './device.js';
import type { Neighbourhood } from './protocol.js';
import type { Repeater } from './repeater.js';

/** Between one thing that a device does and the next, in milliseconds. */
const PAUSE_MS = { from: 500, to: 4_000 };
const NAP_MS = { from: 500, to: 8_000 };
/** A run may found this many groups for each device, so that the others stay worth looking at. */
const GROUPS_FOUNDED = 2;
/** Failures that faults and other people explain. Any other is a finding. */
const EXPLAINED = new Set([
  'network_error',
  'timeout',
  'unavailable',
  'overloaded',
  'not_found',
  'not_a_member',
  'forbidden',
  'conflict',
]);

const WEIGHTS = {
  say: 44,
  burst: 8,
  answer: 6,
  read: 16,
  edit: 6,
  unsend: 3,
  type: 8,
  repeat: 3,
  rename: 1.5,
  memberships: 5,
  found: 0.7,
  direct: 0.8,
  presence: 1.5,
  page: 2,
  nap: 1.2,
  reopen: 0.8,
} as const;

type Habit = keyof typeof WEIGHTS;
const WORDS = ['coffee', 'Tuesday', 'the report', 'done', 'why not', 'later', '你好', 'schön', '👍🏽', 'see above'];

/** What a person does with one device all day, decided by a seed. */
export class Habits {
  readonly #random: Random;
  #resting = false;
  #founded = 0;

  constructor(
    private readonly device: Device,
    private readonly repeater: Repeater,
    private readonly neighbourhood: Neighbourhood,
  ) {
    this.#random = new Random(device.spec.seed);
  }

  async work(): Promise<void> {
    for (;;) {
      await sleep(this.#random.integer(PAUSE_MS.from, PAUSE_MS.to));
      if (this.#resting) return;
      if (this.device.client.auth.me === undefined) continue;
      const habit = this.#random.weighted(WEIGHTS);
      // What it takes is not waited for: a person who waits for an answer writes something else meanwhile.
      void this.follow(habit).catch((error: unknown) => this.wonder(habit, error));
    }
  }

  rest(): void {
    this.#resting = true;
  }

  private async follow(habit: Habit): Promise<void> {
    const chats = this.device.chats();
    if (chats.length === 0) return;
    const chat = this.#random.pick(chats);
    switch (habit) {
      case 'say':
        return this.device.say(chat.id, this.words());
      case 'burst':
        for (let left = this.#random.integer(3, 10); left > 0; left--) this.device.say(chat.id, this.words());
        return;
      case 'answer':
        return this.device.say(chat.id, this.words(), this.anyMessage(chat, () => true)?.id);
      case 'read':
        return this.read(chat);
      case 'edit':
        return this.edit(chat);
      case 'unsend':
        return this.unsend(chat);
      case 'type':
        return this.device.client.setTyping(chat.id, this.#random.chance(0.8));
      case 'repeat':
        return this.repeater.sayTwice(chat.id, this.words());
      case 'rename':
        return this.rename(chats);
      case 'memberships':
        return this.changeMembers(chats);
      case 'found':
        return this.found();
      case 'direct':
        await this.device.client.openDirect(this.somebodyElse());
        return;
      case 'presence':
        this.device.presence = this.#random.pick(['online', 'away']);
        this.device.tell({ what: 'did', action: 'presence', detail: this.device.presence });
        return this.device.client.setPresence(this.device.presence);
      case 'page':
        return this.device.client.loadOlder(chat.id);
      case 'nap':
        return this.nap();
      case 'reopen':
        return this.device.reopen();
    }
  }

  private read(chat: ChatView): void {
    const seq = this.#random.chance(0.7) ? chat.lastSeq : this.#random.integer(chat.lastReadSeq, chat.lastSeq);
    if (seq <= chat.lastReadSeq) return;
    this.device.client.markRead(chat.id, seq);
    this.device.tell({ what: 'read', chatId: chat.id, seq });
  }

  private async edit(chat: ChatView): Promise<void> {
    const message = this.anyMessage(chat, isOwnText);
    if (message === undefined) return;
    const [name = ''] = message.content.split(' ');
    await this.device.client.edit(message.id, `${name} ${this.words()} (edited)`);
    this.device.tell({ what: 'did', action: 'edit', chatId: chat.id, detail: message.id });
  }

  private async unsend(chat: ChatView): Promise<void> {
    const message = this.anyMessage(chat, isOwnText);
    if (message === undefined) return;
    await this.device.client.unsend(message.id);
    this.device.tell({ what: 'did', action: 'unsend', chatId: chat.id, detail: message.id });
  }

  private async rename(chats: readonly ChatView[]): Promise<void> {
    const group = this.groupAs(chats, ['owner', 'admin']);
    if (group === undefined) return;
    // Some words together are longer than a name may be; cut between characters, not within one.
    const words = [...this.words()].slice(0, 60).join('');
    await this.device.client.groups.rename(group.id, `${words} ${this.#random.integer(1, 999)}`);
  }

  /** Owners bring people in and send them away, others leave; nobody ends a membership that the checks rely on. */
  private async changeMembers(chats: readonly ChatView[]): Promise<void> {
    const group = this.groupAs(chats, ['owner', 'admin', 'moderator', 'member']);
    const me = this.device.spec.person.id;
    const { groups } = this.device.client;
    if (group === undefined) return;
    const core = this.neighbourhood.core[group.id] ?? [];
    if (group.role !== 'owner') {
      if (core.includes(me)) return;
      this.device.tell({ what: 'did', action: 'leave', chatId: group.id });
      return groups.leave(group.id);
    }
    const other = this.somebodyElse();
    if (core.includes(other)) return;
    const inside = group.members?.some(({ user }) => user.id === other) ?? false;
    this.device.tell({ what: 'did', action: inside ? 'remove' : 'add', chatId: group.id, detail: other });
    await (inside ? groups.removeMember(group.id, other) : groups.addMembers(group.id, [other]));
  }

  private async found(): Promise<void> {
    if (this.#founded++ >= GROUPS_FOUNDED) return;
    const others = this.neighbourhood.people.map(({ id }) => id).filter((id) => id !== this.device.spec.person.id);
    const chosen = this.#random.shuffled(others).slice(0, this.#random.integer(2, 6));
    const { id } = await this.device.client.createGroup(`Founded by ${this.device.spec.name}`, chosen);
    this.device.tell({ what: 'did', action: 'found', chatId: id });
  }

  private async nap(): Promise<void> {
    const { client } = this.device;
    client.disconnect();
    await sleep(this.#random.integer(NAP_MS.from, NAP_MS.to));
    if (this.device.client === client) client.connect();
  }

  private groupAs(chats: readonly ChatView[], roles: readonly string[]): ChatView | undefined {
    const groups = chats.filter(({ type, role }) => type === 'group' && roles.includes(role));
    return groups.length === 0 ? undefined : this.#random.pick(groups);
  }

  /** One of the newest. */
  private anyMessage(
    { id }: ChatView,
    fits: (message: MessageView) => boolean,
  ): (MessageView & { id: string }) | undefined {
    const fitting = this.device.client.store
      .messages(id)
      .slice(-20)
      .flatMap((message) => (message.id !== undefined && fits(message) ? [{ ...message, id: message.id }] : []));
    return fitting.length === 0 ? undefined : this.#random.pick(fitting);
  }

  private somebodyElse(): string {
    const others = this.neighbourhood.people.filter(({ id }) => id !== this.device.spec.person.id);
    return this.#random.pick(others).id;
  }

  private words(): string {
    return Array.from({ length: this.#random.integer(1, 12) }, () => this.#random.pick(WORDS)).join(' ');
  }

  private wonder(action: string, error: unknown): void {
    const code = error instanceof ChatrError ? error.code : 'thrown';
    if (EXPLAINED.has(code)) return;
    this.device.tell({ what: 'unexpected', action, code, detail: String(error) });
  }
}

function isOwnText({ mine, type, deletedAt }: MessageView): boolean {
  return mine && type === 'text' && deletedAt === undefined;
}
