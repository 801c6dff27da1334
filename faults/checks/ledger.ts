import type { Observation } from '../people/protocol.js';
import type { Check, Finding } from './findings.js';
import type { SentMessage } from './log.js';
import { Punctuality } from './punctuality.js';

interface Entry extends SentMessage {
  device: string;
  acknowledged: { id: string; seq: number }[];
  refused?: string;
}

/** Refusals that a membership that ended explains. */
const FAIR_REFUSALS = new Set(['not_a_member', 'not_found', 'forbidden']);

/** Keeps what the devices say they did and saw, and what is wrong with it by itself. */
export class Ledger {
  readonly messages = new Punctuality('number');
  readonly changes = new Punctuality('version');
  readonly findings: Finding[] = [];
  readonly #sent = new Map<string, Entry>();
  readonly #onlineSince = new Map<string, number>();
  /** By person and chat, how far each device says it has read. */
  readonly #read = new Map<string, { device: string; seq: number }[]>();
  #shown = 0;

  /** @param personOf whose device it is @param timeOf the run's clock */
  constructor(
    private readonly personOf: (device: string) => string,
    private readonly timeOf: (at: number) => number,
  ) {}

  get sent(): readonly Readonly<Entry>[] {
    return [...this.#sent.values()];
  }

  get shown(): number {
    return this.#shown;
  }

  /** Since when the device has been connected; undefined while it is not. */
  onlineSince(device: string): number | undefined {
    return this.#onlineSince.get(device);
  }

  /** By chat, how far the person's devices say that the person has read. */
  readingOf(personId: string): Map<string, number> {
    const reached = new Map<string, number>();
    for (const [key, marks] of this.#read) {
      const [person, chatId = ''] = key.split(' ');
      if (person === personId) reached.set(chatId, Math.max(0, ...marks.map(({ seq }) => seq)));
    }
    return reached;
  }

  take(observation: Observation): void {
    const { device, at } = observation;
    switch (observation.what) {
      case 'sent': {
        const { chatId, clientId, content } = observation;
        this.#sent.set(clientId, {
          device,
          chatId,
          clientId,
          content,
          senderId: this.personOf(device),
          acknowledged: [],
        });
        break;
      }
      case 'acknowledged':
        this.acknowledge(observation);
        break;
      case 'refused':
        this.refuse(observation);
        break;
      case 'shown':
        this.#shown += 1;
        this.messages.shown(device, observation.chatId, observation.seq);
        this.changes.shown(device, observation.chatId, observation.version);
        // What is on a screen is committed, whoever wrote it.
        this.messages.committed(observation.chatId, observation.seq, at);
        this.changes.committed(observation.chatId, observation.version, at);
        break;
      case 'chat-gone':
        for (const watch of [this.messages, this.changes]) watch.gone(device, observation.chatId);
        this.#read.delete(this.keyOf(device, observation.chatId));
        break;
      case 'read':
        this.marks(device, observation.chatId).push({ device, seq: observation.seq });
        break;
      case 'connection':
        if (observation.state !== 'online') this.#onlineSince.delete(device);
        else if (!this.#onlineSince.has(device)) this.#onlineSince.set(device, at);
        break;
      case 'reopened':
        this.forgetUntold(device);
        break;
      case 'view-broken':
        this.find(observation.problem, observation, `on the screen: ${observation.detail}`, observation.chatId);
        break;
      case 'session-ended':
        this.find('session', observation, observation.reason);
        break;
      case 'unexpected':
        this.find('failure', observation, `${observation.action}: ${observation.code} ${observation.detail}`);
        break;
      case 'saw':
      case 'did':
        break;
    }
  }

  /** What is late now. @param wellSince since when nothing hinders the device; undefined while something does */
  late(now: number, wellSince: (device: string) => number | undefined): Finding[] {
    const late = [this.messages, this.changes].flatMap((watch) => watch.judge(now, wellSince));
    return late.map((finding) => ({ ...finding, at: this.timeOf(now) }));
  }

  /** What was sent, and of which nobody ever heard again. */
  unsettled(): Finding[] {
    return this.sent
      .filter(({ acknowledged, refused }) => acknowledged.length === 0 && refused === undefined)
      .map(({ device, chatId, clientId, content }) => ({
        check: 'unsettled',
        device,
        chatId,
        clientId,
        detail: content,
      }));
  }

  private acknowledge(said: Extract<Observation, { what: 'acknowledged' }>): void {
    this.#sent.get(said.clientId)?.acknowledged.push({ id: said.id, seq: said.seq });
    if (said.seq === 0) return;
    this.messages.committed(said.chatId, said.seq, said.at);
    // Who writes has read what was before.
    this.marks(said.device, said.chatId).push({ device: said.device, seq: said.seq });
  }

  private refuse(said: Extract<Observation, { what: 'refused' }>): void {
    const entry = this.#sent.get(said.clientId);
    if (entry !== undefined) entry.refused = said.code;
    if (!FAIR_REFUSALS.has(said.code)) this.find('failure', said, `a message was refused: ${said.code}`, said.chatId);
  }

  /** A device that begins anew has forgotten what it had not told; what was told by then is not known here. */
  private forgetUntold(device: string): void {
    for (const watch of [this.messages, this.changes]) watch.restarted(device);
    this.#onlineSince.delete(device);
    for (const [key, marks] of this.#read)
      this.#read.set(
        key,
        marks.filter((mark) => mark.device !== device),
      );
  }

  private marks(device: string, chatId: string): { device: string; seq: number }[] {
    const key = this.keyOf(device, chatId);
    const marks = this.#read.get(key) ?? [];
    this.#read.set(key, marks);
    return marks;
  }

  private keyOf(device: string, chatId: string): string {
    return `${this.personOf(device)} ${chatId}`;
  }

  private find(check: Check, { device, at }: Observation, detail: string, chatId?: string): void {
    this.findings.push({ check, device, detail, at: this.timeOf(at), ...(chatId === undefined ? {} : { chatId }) });
  }
}
