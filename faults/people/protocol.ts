/** What a household (a process with clients in it) and the run say to each other. Times are those of `monotonicMs`. */

export interface Credentials {
  id: string;
  username: string;
  password: string;
}

/** One device of one person: a client of the SDK behind a door of its own. */
export interface DeviceSpec {
  /** For example `p03b`: the second device of the fourth person. Everything it writes begins with it. */
  name: string;
  person: Credentials;
  /** The balancer's address for this device alone. */
  url: string;
  /** Another way in, for sending the same thing over another connection. */
  otherUrl: string;
  seed: number;
}

/** What everybody knows when the work begins. */
export interface Neighbourhood {
  people: readonly Credentials[];
  /** Memberships that nobody ends: in these chats each of these people is from the beginning to the end. */
  core: Readonly<Record<string, readonly string[]>>;
}

/** Something a device did or saw. */
export type Observation = { at: number; device: string } & (
  | { what: 'sent'; chatId: string; clientId: string; content: string }
  /** `by` says how it was learned; whatever says so, the message is committed. */
  | { what: 'acknowledged'; chatId: string; clientId: string; id: string; seq: number; by: 'store' | 'rest' }
  /** Refused for good; `kept` when the message may be on the server all the same. */
  | { what: 'refused'; chatId: string; clientId: string; code: string }
  /** Every message of the chat up to `seq` is on the screen, and every change up to `version`. */
  | { what: 'shown'; chatId: string; seq: number; version: number }
  | { what: 'chat-gone'; chatId: string }
  | { what: 'read'; chatId: string; seq: number }
  | { what: 'connection'; state: 'offline' | 'connecting' | 'online' }
  /** The client began anew: what it had not told the server yet is forgotten, but for its outbox. */
  | { what: 'reopened' }
  | { what: 'view-broken'; problem: ViewProblem; chatId: string; detail: string }
  | { what: 'session-ended'; reason: string }
  /** A request that failed in a way that no fault explains. */
  | { what: 'unexpected'; action: string; code: string; detail: string }
  /** What is shown of somebody changed: for reading a history, not for checking, which looks when all is quiet. */
  | { what: 'saw'; person: string; status: string }
  /** Something that was done: for reading a history, not for checking. */
  | { what: 'did'; action: string; chatId?: string; detail?: string }
);

/** What a screen must never show. */
export type ViewProblem = 'reordered' | 'gap' | 'doubled' | 'lost';

/** What a device shows at the end that differs from what the server tells. */
export interface Difference {
  device: string;
  kind: 'unread' | 'position' | 'state';
  chatId: string;
  /** Compared with what: the server's own answers, or a client that has just begun. */
  against: 'rest' | 'fresh client';
  detail: string;
}

/** A device at rest. */
export interface DeviceStatus {
  device: string;
  personId: string;
  connected: boolean;
  ready: boolean;
  /** What it says of its person. */
  presence: 'online' | 'away';
  /** How many messages it has yet to bring to the server. */
  waiting: number;
  /** What it shows of other people, by id. */
  seen: Record<string, string>;
}

/** What is asked of a household; each is answered. */
export type Demand =
  | { do: 'open'; devices: DeviceSpec[]; skewMs: number }
  | { do: 'work'; neighbourhood: Neighbourhood }
  | { do: 'rest' }
  | { do: 'set-clock'; byMs: number }
  | { do: 'duplicate' }
  | { do: 'status' }
  /** `spoiled`: one message is taken from what the first device shows, which must be found. */
  | { do: 'compare'; spoiled: boolean }
  | { do: 'leave'; people: string[] }
  | { do: 'end' };

export type Reply = { statuses?: DeviceStatus[]; differences?: Difference[] };

export type FromHousehold =
  { observations: Observation[] } | { answers: number; reply: Reply } | { answers: number; failed: string };

export type ToHousehold = { number: number; demand: Demand };
