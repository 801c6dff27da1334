/** The bounds that both sides know. Sizes are counts of UTF-16 code units unless they say otherwise. */
export const LIMITS = {
  messageLength: 10_000,
  clientIdLength: 64,
  /** Messages to somebody who has yet to accept them. */
  requestMessages: 3,
  groupNameLength: 100,
  /** Members of a group, its owner included. */
  groupMembers: 1_000,
  /** Above this many members, a group's messages carry no delivered and read status, and lists leave its members out. */
  receiptMembers: 50,
  historyPage: 100,
  listPage: 100,
  /** Chats in one page of the list of chats: as many as most people have. */
  chatPage: 500,
  /** Changes of one chat in one answer of a sync. */
  syncChanges: 200,
  /** Chats in one request of a sync, and in one answer. */
  syncChats: 500,
  /** A chat that changed more than this since the client's version is sent anew instead. */
  syncBehind: 1_000,
  /** Bytes of one answer of a sync, about: it ends with what fits, and goes on in the next one. */
  syncBytes: 1_000_000,
  /** Earlier texts that a message keeps. */
  editsKept: 100,
  usernameLength: 30,
  displayNameLength: 80,
  aboutLength: 300,
  pronounsLength: 30,
  /** People whom somebody has added. */
  contacts: 5_000,
  /** Bytes: bcrypt reads no more. */
  passwordBytes: 72,
  passwordMinLength: 8,
  /** Of 0 to 4, as zxcvbn estimates: what takes fewer than a million guesses is refused. */
  passwordScore: 2,
  /** Bytes of one JSON body. */
  bodyBytes: 262_144,
  /** Bytes of one socket event. Larger ones cost the connection, so it leaves room for an error about a text that is too long. */
  socketEventBytes: 1_500_000,
  /** Unread messages are counted exactly up to here; one more means "more than this". */
  unreadCount: 99,
  presenceRequest: 200,
} as const;
