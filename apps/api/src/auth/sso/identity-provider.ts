import { Injectable, Logger } from '@nestjs/common';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  clockTolerance,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from 'openid-client';
import { Config, type OidcSettings, ProblemError } from '../../platform/index.js';
import { describeForLog, providerUnavailable, toSsoProblem } from './provider-errors.js';
import { type Claims, leavesOut, type ProviderProfile, readProfile } from './provider-profile.js';
import type { SsoFlow } from './sso-flows.repository.js';

const TIMEOUT_SECONDS = 5;
const DISCOVERY_ATTEMPTS = 2;
/** What the provider says of itself is asked again after this long: endpoints move. */
const FRESH_MS = 3_600_000;
/** For how long it is not asked again when it did not answer, but has answered before. */
const STALE_MS = 60_000;
const CLOCK_TOLERANCE_SECONDS = 30;

/**
 * The provider of single sign-on. It is first asked about itself when somebody signs in, not at the start: Chatr runs whether or
 * not the provider does.
 */
@Injectable()
export class IdentityProvider {
  private readonly logger = new Logger('SingleSignOn');
  private known: { configuration: Configuration; freshUntil: number } | undefined;
  private discovering: Promise<Configuration> | undefined;

  constructor(private readonly config: Config) {}

  /** @throws ProblemError not_found where there is no single sign-on */
  get settings(): OidcSettings {
    const { oidc } = this.config;
    if (oidc === undefined) throw new ProblemError('not_found', 'There is no single sign-on on this server.');
    return oidc;
  }

  /**
   * The provider's page for a flow.
   * @throws ProblemError unavailable
   */
  async pageFor({ state, nonce, verifier }: Pick<SsoFlow, 'state' | 'nonce' | 'verifier'>): Promise<URL> {
    return buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.callback.href,
      scope: this.settings.scopes,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
  }

  /**
   * Who comes back from the provider: checks its answer (state, issuer), exchanges the code for an ID token, and checks that
   * (signature, issuer, audience, nonce, times).
   * @throws ProblemError sso_denied, sso_failed, unavailable
   */
  async identify(
    answer: URLSearchParams,
    { state, nonce, verifier }: Pick<SsoFlow, 'state' | 'nonce' | 'verifier'>,
  ): Promise<ProviderProfile> {
    const { name, roles } = this.settings;
    const url = this.callback;
    url.search = answer.toString();
    try {
      const configuration = await this.configuration();
      const tokens = await authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const idToken: Claims = tokens.claims() ?? {};
      const userInfo = await this.userInfo(configuration, tokens.access_token, idToken);
      const profile = readProfile(idToken, userInfo, roles);
      if (profile !== undefined) return profile;
      throw new ProblemError('sso_failed');
    } catch (error) {
      const problem = toSsoProblem(error, name);
      if (problem.code !== 'sso_denied') this.logger.warn(describeForLog(error), 'a sign-in at the provider failed');
      throw problem;
    }
  }

  /** Where the provider sends browsers back to; it must be registered there. */
  private get callback(): URL {
    return new URL(`${this.config.publicUrl}/api/auth/sso/callback`);
  }

  /** Some providers keep the ID token small, and tell the rest only to who asks. */
  private async userInfo(configuration: Configuration, accessToken: string, idToken: Claims): Promise<Claims> {
    const { sub } = idToken;
    const hasMore = configuration.serverMetadata().userinfo_endpoint !== undefined;
    if (!hasMore || typeof sub !== 'string' || !leavesOut(idToken, this.settings.roles)) return {};
    return fetchUserInfo(configuration, accessToken, sub);
  }

  /** What the provider says of itself. Whoever asks while it is being asked waits for the same answer. */
  private async configuration(): Promise<Configuration> {
    if (this.known !== undefined && this.known.freshUntil > Date.now()) return this.known.configuration;
    this.discovering ??= this.discover().finally(() => {
      this.discovering = undefined;
    });
    return this.discovering;
  }

  private async discover(): Promise<Configuration> {
    try {
      const configuration = await this.ask();
      this.known = { configuration, freshUntil: Date.now() + FRESH_MS };
      return configuration;
    } catch (error) {
      this.logger.warn(describeForLog(error), `${this.settings.issuer} does not say how to sign in with it`);
      if (this.known === undefined) throw providerUnavailable(this.settings.name, error);
      this.known.freshUntil = Date.now() + STALE_MS;
      return this.known.configuration;
    }
  }

  private async ask(attempt = 1): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const server = new URL(issuer);
    // The library leaves a signature unchecked where TLS vouches for the token; ours is checked in any case.
    const execute = [enableNonRepudiationChecks, ...(server.protocol === 'http:' ? [allowInsecureRequests] : [])];
    const metadata = { [clockTolerance]: CLOCK_TOLERANCE_SECONDS };
    try {
      return await discovery(server, clientId, metadata, authentication(clientSecret), {
        execute,
        timeout: TIMEOUT_SECONDS,
      });
    } catch (error) {
      if (attempt === DISCOVERY_ATTEMPTS) throw error;
      return this.ask(attempt + 1);
    }
  }
}

/** How we prove to the provider who we are: in a header, which is the default of the standard, or in the body where it wants that. */
function authentication(secret: string | undefined): ClientAuth {
  if (secret === undefined) return None();
  const [inHeader, inBody] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (methods.includes('client_secret_basic') ? inHeader : inBody)(server, ...request);
  };
}
