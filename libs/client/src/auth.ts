import type { Me, Session } from './wire.js';

export interface Registration {
  email: string;
  username: string;
  password: string;
  displayName: string;
  /** From the link of an invitation. */
  inviteToken?: string;
}

export interface AuthApi {
  /** Who is logged in. */
  readonly me: Me | undefined;
  /** A code is mailed; go on with `verifyEmail`. */
  register(registration: Registration): Promise<{ userId: string }>;
  /** Logs in, too. */
  verifyEmail(email: string, code: string): Promise<Me>;
  resendCode(email: string): Promise<void>;
  /** By e-mail address or username. */
  login(identifier: string, password: string): Promise<Me>;
  logout(): Promise<void>;
  forgotPassword(email: string): Promise<void>;
  resetPassword(email: string, code: string, password: string): Promise<void>;
  /** Takes up the session of the cookie or the stored token; undefined where there is none. Throws when the server cannot be reached. */
  restore(): Promise<Me | undefined>;
  sessions(): Promise<Session[]>;
  endSession(id: string): Promise<void>;
}
