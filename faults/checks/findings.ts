/** What is looked for, and what each line of the closing table says. */
export const CHECKS = {
  lost: 'acknowledged messages lost',
  doubled: 'messages doubled',
  reordered: 'messages reordered',
  gap: 'gaps in the numbers of a chat',
  late: 'shown later than 10 s after the commit',
  unsettled: 'messages neither acknowledged nor refused',
  unread: 'unread counts wrong',
  position: 'read positions wrong',
  presence: 'presence wrong after 30 s',
  state: 'client state differs from a fresh fetch',
  session: 'sessions lost',
  failure: 'failures that no fault explains',
} as const;

export type Check = keyof typeof CHECKS;

/** One thing that is wrong. */
export interface Finding {
  check: Check;
  detail: string;
  chatId?: string;
  device?: string;
  clientId?: string;
  /** On the run's clock, in milliseconds. */
  at?: number;
}
