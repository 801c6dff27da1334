import { Injectable } from '@nestjs/common';
import { type Client, type RateRule, Throttle } from '../platform/index.js';
import { FamiliarBrowsers } from './sessions/familiar-browsers.js';

/**
 * What is counted for one account from one address is strict; what is counted for the account from everywhere is looser and short,
 * so that a stranger who guesses from many addresses cannot lock the owner out for long. In a browser where the owner logged in before,
 * not at all: what is guessed there is counted for that browser alone, as strictly as for one address.
 */
interface RuleSet {
  pair: RateRule;
  account: RateRule;
  address: RateRule;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

const RULES = {
  login: {
    pair: { name: 'login-pair', points: 10, seconds: 15 * MINUTE },
    account: { name: 'login-account', points: 50, seconds: 5 * MINUTE },
    address: { name: 'login-address', points: 100, seconds: 15 * MINUTE },
  },
  register: {
    pair: { name: 'register-pair', points: 5, seconds: HOUR },
    account: { name: 'register-account', points: 10, seconds: HOUR },
    address: { name: 'register-address', points: 30, seconds: HOUR },
  },
  /** Asking for a mail: a code again, or one to reset a password. */
  mail: {
    pair: { name: 'mail-pair', points: 6, seconds: 30 * MINUTE },
    account: { name: 'mail-account', points: 12, seconds: HOUR },
    address: { name: 'mail-address', points: 30, seconds: HOUR },
  },
  /** Asking for a text message. Each costs the operator money. */
  text: {
    pair: { name: 'text-pair', points: 5, seconds: 30 * MINUTE },
    account: { name: 'text-account', points: 10, seconds: HOUR },
    address: { name: 'text-address', points: 40, seconds: HOUR },
  },
  /** Guessing a code. */
  code: {
    pair: { name: 'code-pair', points: 15, seconds: 15 * MINUTE },
    account: { name: 'code-account', points: 40, seconds: HOUR },
    address: { name: 'code-address', points: 100, seconds: 15 * MINUTE },
  },
  /**
   * Guessing the second step of a log-in, or confirming an app. Whoever is here knows the password, and each guess at an app has
   * three codes that are right; so all of an hour's guesses together are few.
   */
  factor: {
    pair: { name: 'factor-pair', points: 15, seconds: 15 * MINUTE },
    account: { name: 'factor-account', points: 30, seconds: HOUR },
    address: { name: 'factor-address', points: 100, seconds: 15 * MINUTE },
  },
} satisfies Record<string, RuleSet>;

export type ThrottledAction = keyof typeof RULES;

const REFRESH: RateRule = { name: 'refresh-address', points: 600, seconds: MINUTE };

/** Challenges and signatures of passkeys: nothing to guess, but each is a row or a verification. */
const PASSKEY: RateRule = { name: 'passkey-address', points: 120, seconds: 5 * MINUTE };
/** Going to the provider of single sign-on and coming back; each takes a row and asks the provider. */
const SSO: RateRule = { name: 'sso-address', points: 300, seconds: 15 * MINUTE };

/** The throttles of everything that can be asked without an access token. */
@Injectable()
export class AuthThrottles {
  constructor(
    private readonly throttle: Throttle,
    private readonly browsers: FamiliarBrowsers,
  ) {}

  /**
   * Counts one attempt. The account is what the client named (an e-mail address or a username), whether or not it exists.
   * @throws ProblemError rate_limited
   */
  async attempt(action: ThrottledAction, account: string, client: Client): Promise<void> {
    const rules = RULES[action];
    await this.throttle.consume(rules.address, client.addressKey);
    const browser = this.browsers.idOf(client.browser, account);
    await this.throttle.consume(rules.pair, `${account} ${browser ?? client.addressKey}`);
    if (browser === undefined) await this.throttle.consume(rules.account, account);
  }

  /** Forgets the failed attempts of somebody who turned out to be the owner. */
  async succeeded(action: ThrottledAction, account: string, client: Client): Promise<void> {
    const browser = this.browsers.idOf(client.browser, account);
    await this.throttle.clear(RULES[action].pair, `${account} ${browser ?? client.addressKey}`);
  }

  /** @throws ProblemError rate_limited */
  async refresh(client: Client): Promise<void> {
    await this.throttle.consume(REFRESH, client.addressKey);
  }

  /** @throws ProblemError rate_limited */
  async passkey(client: Client): Promise<void> {
    await this.throttle.consume(PASSKEY, client.addressKey);
  }

  /** @throws ProblemError rate_limited */
  async sso(client: Client): Promise<void> {
    await this.throttle.consume(SSO, client.addressKey);
  }
}
