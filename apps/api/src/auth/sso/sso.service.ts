import { Injectable, Logger } from '@nestjs/common';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import type { ProblemCode } from '@chatr/contracts';
import { AuditLog } from '../../audit/index.js';
import { type Actor, type Client, Config, type Language, ProblemError, toProblemError } from '../../platform/index.js';
import { Reauthentication } from '../passwords/reauthentication.js';
import type { IssuedTokens } from '../sessions/sessions.service.js';
import { AuthThrottles } from '../throttles.js';
import { IdentitiesService } from './identities.service.js';
import { IdentityProvider } from './identity-provider.js';
import { ownPath } from './own-path.js';
import type { ProviderProfile } from './provider-profile.js';
import { type SsoFlow, SsoFlowsRepository, type TakenFlow } from './sso-flows.repository.js';
import { SsoSignInService } from './sso-sign-in.service.js';

const HOME = '/chats';
const STATE_LENGTH = 200;
/** Refusals of somebody whom the provider has identified; what went wrong before says nothing about an account. */
const AUDITED: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'account_suspended',
  'registration_closed',
  'sso_conflict',
  'sso_unverified',
]);

/** Where a browser goes next, and the session that it has from now on. */
export interface Landing {
  url: string;
  tokens?: IssuedTokens;
}

/**
 * Signing in, and linking, by way of the provider's pages. Browsers come here by themselves, without our app, so what goes wrong
 * is told by sending them to a page of the app that has words for it.
 */
@Injectable()
export class SsoService {
  private readonly logger = new Logger('SingleSignOn');

  constructor(
    private readonly provider: IdentityProvider,
    private readonly flows: SsoFlowsRepository,
    private readonly signIns: SsoSignInService,
    private readonly identities: IdentitiesService,
    private readonly reauthentication: Reauthentication,
    private readonly throttles: AuthThrottles,
    private readonly audit: AuditLog,
    private readonly config: Config,
  ) {}

  /**
   * Begins a sign-in.
   * @param next where somebody wanted to go; anything but a place in the app is not followed
   * @param browser what only this browser knows
   */
  async start(next: unknown, browser: string, client: Client): Promise<Landing> {
    const path = ownPath(next, HOME);
    try {
      await this.throttles.sso(client);
      return { url: await this.begin({ browser, next: path, linking: undefined }, client) };
    } catch (error) {
      return this.explain(error, '/login', path);
    }
  }

  /**
   * Begins to link an identity to one's account.
   * @returns the provider's page
   * @throws ProblemError not_found without single sign-on, credentials_invalid, conflict, unavailable
   */
  async startLinking(actor: Actor, password: string, browser: string, client: Client): Promise<string> {
    const { issuer } = this.provider.settings;
    await this.reauthentication.confirm(actor, password, client);
    await this.identities.requireNone(actor, issuer);
    const linking = { userId: actor.id, sessionId: actor.sessionId };
    return this.begin({ browser, next: '/settings/security?sso=linked', linking }, client);
  }

  /**
   * Goes on when the provider has sent the browser back with its answer.
   * @param language of somebody who gets an account
   */
  async finish(
    answer: URLSearchParams,
    browser: string | undefined,
    client: Client,
    language: Language,
  ): Promise<Landing> {
    let flow: TakenFlow | undefined;
    try {
      await this.throttles.sso(client);
      const [state = '', ...others] = answer.getAll('state');
      if (browser === undefined || state === '' || state.length > STATE_LENGTH || others.length > 0)
        throw new ProblemError('sso_expired');
      flow = await this.flows.take(state, browser);
      if (flow === undefined || flow.expired) throw new ProblemError('sso_expired');
      const profile = await this.provider.identify(answer, flow);
      return await this.complete(flow, profile, { ...client, ...flow.device }, language);
    } catch (error) {
      return this.explain(error, flow?.linking === undefined ? '/login' : '/settings/security', flow?.next);
    }
  }

  private async begin(
    flow: Pick<SsoFlow, 'browser' | 'next' | 'linking'>,
    { deviceTokens, bringsCookies }: Client,
  ): Promise<string> {
    const secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const page = await this.provider.pageFor(secrets);
    await this.flows.insert({ ...flow, ...secrets, device: { deviceTokens, bringsCookies } });
    return page.href;
  }

  private async complete(
    { linking, next }: TakenFlow,
    profile: ProviderProfile,
    client: Client,
    language: Language,
  ): Promise<Landing> {
    const url = `${this.config.publicUrl}${next}`;
    try {
      if (linking === undefined) return { url, tokens: await this.signIns.signIn(profile, client, language) };
      await this.identities.link(linking, profile, client);
      return { url };
    } catch (error) {
      if (error instanceof ProblemError && AUDITED.has(error.code)) {
        const details = { step: 'single-sign-on', issuer: profile.issuer, code: error.code };
        const subjectId = linking?.userId ?? null;
        await this.audit.record({ action: 'login.failed', actorId: null, subjectId, client, details });
      }
      throw error;
    }
  }

  /** The page that puts a failure into words. Its address carries the code of the problem, and nothing that strangers could fill in. */
  private explain(error: unknown, page: '/login' | '/settings/security', next = HOME): Landing {
    const { code } = toProblemError(error);
    if (code === 'internal_error') this.logger.error({ err: error }, 'single sign-on failed');
    const query = new URLSearchParams({ problem: code });
    if (page === '/login' && next !== HOME) query.set('next', next);
    return { url: `${this.config.publicUrl}${page}?${query.toString()}` };
  }
}
