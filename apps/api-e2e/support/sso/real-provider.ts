import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import getPort from 'get-port';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { providerMemory } from './provider-memory.js';

/** What the provider says of somebody who signs in there. */
export type ProviderClaims = Record<string, unknown>;

/** A real OpenID Connect provider, in this process. */
export interface RealProvider {
  readonly issuer: string;
  /** The settings of a server that signs in with it. */
  readonly env: Record<string, string>;
  /** Who can sign in there, by the name that they type. */
  readonly accounts: Map<string, ProviderClaims>;
  stop(): Promise<void>;
}

const SECRET = 'the secret that the provider and Chatr share';

/**
 * Starts a provider on `localhost`: to a browser another site than a Chatr on `127.0.0.1`, as providers are in the world.
 * @param chatrUrl where the browser comes back to
 * @param options.publicClient whether Chatr has no secret there
 * @param options.smallTokens whether the ID token names nobody, and the rest is told at the userinfo endpoint only
 */
export async function startProvider(
  chatrUrl: string,
  options: { publicClient?: boolean; smallTokens?: boolean; port?: number } = {},
): Promise<RealProvider> {
  const { publicClient = false, smallTokens = false, port = await getPort() } = options;
  const issuer = `http://localhost:${port}`;
  const accounts = new Map<string, ProviderClaims>();
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider: Provider = new Provider(issuer, {
    adapter: providerMemory(),
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }] },
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 600, Session: 600 },
    clients: [
      {
        client_id: 'chatr',
        redirect_uris: [`${chatrUrl}/api/auth/sso/callback`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        ...(publicClient ? { token_endpoint_auth_method: 'none' as const } : { client_secret: SECRET }),
      },
    ],
    scopes: ['openid', 'profile', 'email', 'groups'],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
      groups: ['groups'],
    },
    conformIdTokenClaims: smallTokens,
    cookies: { keys: ['a key of tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) =>
      accounts.has(sub) ? { accountId: sub, claims: () => ({ sub, ...accounts.get(sub) }) } : undefined,
    // Nobody is asked whether Chatr may know who they are.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email groups');
      await grant.save();
      return grant;
    },
  });
  const handle = provider.callback();
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/interaction/')) void interact(provider, accounts, request, response);
    else void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    issuer,
    accounts,
    env: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'chatr',
      ...(publicClient ? {} : { OIDC_CLIENT_SECRET: SECRET }),
      OIDC_NAME: 'Example',
      OIDC_SCOPES: 'openid profile email groups',
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The provider's one page: a name, and two buttons. */
async function interact(
  provider: Provider,
  accounts: ReadonlyMap<string, ProviderClaims>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Example login</title>
      <form method="post" action="${request.url ?? ''}">
        <label>Account <input name="account"></label>
        <button name="answer" value="yes">Log in</button><button name="answer" value="no">Cancel</button>
      </form>`);
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  const account = form.get('account') ?? '';
  const result =
    form.get('answer') === 'no' || !accounts.has(account)
      ? { error: 'access_denied', error_description: 'End-user aborted interaction' }
      : { login: { accountId: account } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}
