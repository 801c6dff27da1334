import { connect, type Socket } from 'node:net';
import type { Person } from '../world.js';
import { type Arrivals, type Connection, type Protocol, readMark } from './protocol.js';
import { StanzaReader } from './stanzas.js';

const HOST = 'localhost';
const CONNECT_MS = 60_000;
const MESSAGE = Buffer.from('<message');
/** Servers differ in how they quote. */
const ERROR = /^<message [^>]*type=['"]error['"]/;
const FORM = `<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field>`;

/** Every connection reads into the same memory: what was read is dealt with before another one reads. */
const shared = Buffer.allocUnsafe(256 * 1024);

type Answered = (accepted: boolean) => void;

/** How an XMPP server's people and chats are named: a person `u7`, a direct chat `u6 u7`, a room by its address. */
export class XmppConnection implements Connection {
  private readonly socket: Socket;
  private readonly reader: StanzaReader;
  private readonly mark = { stream: 0, number: 0 };
  private readonly expected: { part: string; resolve: (stanza: string) => void }[] = [];
  private page: { results: number; done: (page: MamPage) => void } | undefined;
  private ended = false;
  private open = false;

  constructor(
    port: number,
    private readonly account: Person,
    readonly person: number,
    private readonly arrivals: Arrivals,
    /** Of all connections: a direct message is acknowledged by its arrival, for XMPP has no other sign that it is stored. */
    private readonly underWay: Map<string, Answered>,
    failed: (error: Error) => void,
  ) {
    this.reader = new StanzaReader({
      opened: () => undefined,
      stanza: (buffer, start, end) => this.stanza(buffer, start, end),
    });
    let reason = 'the server closed the connection';
    this.socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (length) => {
          this.reader.read(shared.subarray(0, length));
          return true;
        },
      },
    });
    this.socket.once('error', (error) => (reason = error.message));
    this.socket.once('close', () => {
      if (!this.open) failed(new Error(`a connection failed: ${reason}`));
      else if (!this.ended) this.arrivals.dropped(person, reason);
    });
  }

  /** Logs in, says that the person is there, and enters their rooms. */
  async login(): Promise<void> {
    const { id } = this.account;
    const [password = '', ...rooms] = this.account.token.split(' ');
    await this.ask(openStream(), 'stream:features');
    const secret = Buffer.from(`\0${id}\0${password}`).toString('base64');
    await this.ask(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${secret}</auth>`, '<success');
    this.reader.reset();
    await this.ask(openStream(), 'stream:features');
    await this.ask(
      `<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>bench</resource></bind></iq>`,
      '<jid>',
    );
    await this.ask('<presence/>', '<presence');
    for (const room of rooms) await this.enter(room);
    this.open = true;
  }

  send(chat: string, text: string, answered: Answered): void {
    this.underWay.set(markIn(text), answered);
    const direct = chat.includes(' ');
    const to = direct ? `${peerIn(chat, this.account.id)}@${HOST}` : chat;
    this.socket.write(
      `<message to='${to}' type='${direct ? 'chat' : 'groupchat'}' id='${markIn(text)}'><body>${text}</body></message>`,
    );
  }

  /** A page of the archive of a direct chat: the newest, or what came before a place. */
  archive(chat: string, size: number, before: string): Promise<MamPage> {
    const peer = `${peerIn(chat, this.account.id)}@${HOST}`;
    return new Promise((done) => {
      this.page = { results: 0, done };
      this.socket.write(
        `<iq type='set' id='page'><query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data' type='submit'>${FORM}` +
          `<field var='with'><value>${peer}</value></field></x><set xmlns='http://jabber.org/protocol/rsm'>` +
          `<max>${size}</max><before>${before}</before></set></query></iq>`,
      );
    });
  }

  close(): void {
    this.ended = true;
    this.socket.destroy();
  }

  private async enter(room: string): Promise<void> {
    const muc = `<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>`;
    await this.ask(`<presence to='${room}/${this.account.id}'>${muc}</presence>`, `status code='110'`);
  }

  /** @returns the first stanza that holds this part */
  private ask(text: string, part: string): Promise<string> {
    return new Promise((resolve) => {
      this.expected.push({ part, resolve });
      this.socket.write(text);
    });
  }

  private stanza(buffer: Buffer, start: number, end: number): void {
    const isMessage = buffer.compare(MESSAGE, 0, MESSAGE.length, start, Math.min(start + MESSAGE.length, end)) === 0;
    if (isMessage && this.open) this.message(buffer, start, end);
    else this.other(buffer.toString('utf8', start, end));
  }

  private message(buffer: Buffer, start: number, end: number): void {
    if (this.page !== undefined) this.page.results++;
    else if (readMark(buffer, start, end, this.mark)) {
      const { stream, number } = this.mark;
      if (ERROR.test(buffer.toString('latin1', start, Math.min(start + 300, end)))) this.answer(stream, number, false);
      else {
        this.arrivals.arrived(this.person, stream, number, 0);
        this.answer(stream, number, true);
      }
    }
  }

  private answer(stream: number, number: number, accepted: boolean): void {
    const key = `${stream}.${number}`;
    const answered = this.underWay.get(key);
    if (answered === undefined) return;
    this.underWay.delete(key);
    answered(accepted);
  }

  private other(stanza: string): void {
    const { page } = this;
    if (page !== undefined && stanza.startsWith('<iq')) {
      this.page = undefined;
      page.done({ count: page.results, begins: /<first[^>]*>([^<]*)</.exec(stanza)?.[1] ?? '' });
      return;
    }
    const [first] = this.expected;
    if (first === undefined || !stanza.replaceAll('"', "'").includes(first.part)) return;
    this.expected.shift();
    first.resolve(stanza);
  }
}

export interface MamPage {
  count: number;
  /** The archive's id of its oldest message. */
  begins: string;
}

export class XmppProtocol implements Protocol<XmppConnection> {
  private readonly underWay = new Map<string, Answered>();

  constructor(private readonly port: number) {}

  connect(person: Person, index: number, arrivals: Arrivals): Promise<XmppConnection> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('a log-in took too long')), CONNECT_MS);
      const connection = new XmppConnection(this.port, person, index, arrivals, this.underWay, reject);
      void connection.login().then(() => {
        clearTimeout(timer);
        resolve(connection);
      });
    });
  }
}

function openStream(): string {
  return `<stream:stream to='${HOST}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`;
}

function peerIn(chat: string, self: string): string {
  return chat.split(' ').find((name) => name !== self) ?? self;
}

/** What stands between the first two `~`. */
function markIn(text: string): string {
  return text.slice(1, text.indexOf('~', 1));
}
