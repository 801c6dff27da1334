import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import getPort from 'get-port';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';

/** What is changed of an honest answer. */
export interface Lies {
  /** In the ID token. */
  claims?: Record<string, unknown>;
  /** At the userinfo endpoint, which says the same as the ID token otherwise. */
  userInfo?: Record<string, unknown>;
  /** How the ID token is signed. */
  signature?: 'none' | 'foreign-key' | 'secret';
  /** What comes back to Chatr beside the code and the state. */
  answer?: Record<string, string>;
  /** The status of the token endpoint. */
  tokenStatus?: number;
}

/** A provider that does what no real one does. */
export interface LyingProvider {
  readonly issuer: string;
  readonly env: Record<string, string>;
  lies: Lies;
  stop(): Promise<void>;
}

const ALG = 'RS256';
const SECRET = 'a secret of the provider that lies';

/** Who signs in there, always, without being asked. Tests overwrite it. */
const HONEST = { sub: 'liar', email_verified: true };

/** Starts it. It answers at once, without a page; what it answers with is in `lies`. */
export async function startLyingProvider(): Promise<LyingProvider> {
  const port = await getPort();
  const issuer = `http://localhost:${port}`;
  const [own, foreign] = await Promise.all([generateKeyPair(ALG), generateKeyPair(ALG)]);
  const nonces = new Map<string, string>();
  const state: { lies: Lies } = { lies: {} };

  const idToken = async (code: string): Promise<string> => {
    const { claims, signature } = state.lies;
    const now = Math.floor(Date.now() / 1000);
    const nonce = nonces.get(code);
    const payload = { iss: issuer, aud: 'chatr', iat: now, exp: now + 300, nonce, ...HONEST, ...claims };
    if (signature === 'none') return `${encoded({ alg: 'none' })}.${encoded(payload)}.`;
    const header: JWTHeaderParameters = signature === 'secret' ? { alg: 'HS256' } : { alg: ALG, kid: 'key' };
    const key = { 'foreign-key': foreign.privateKey, secret: new TextEncoder().encode(SECRET), own: own.privateKey };
    return new SignJWT(payload).setProtectedHeader(header).sign(key[signature ?? 'own']);
  };

  const routes: Record<string, (url: URL, body: URLSearchParams, response: ServerResponse) => void | Promise<void>> = {
    '/.well-known/openid-configuration': (_url, _body, response) => {
      json(response, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        // It even says that it signs with nothing, or with what both know.
        id_token_signing_alg_values_supported: [ALG, 'none', 'HS256'],
        authorization_response_iss_parameter_supported: true,
      });
    },
    '/authorize': (url, _body, response) => {
      const code = `code-${nonces.size}`;
      nonces.set(code, url.searchParams.get('nonce') ?? '');
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      const answer = { code, state: url.searchParams.get('state') ?? '', iss: issuer, ...state.lies.answer };
      for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
      response.writeHead(302, { location: back.href }).end();
    },
    '/token': async (_url, body, response) => {
      response.statusCode = state.lies.tokenStatus ?? 200;
      const token = await idToken(body.get('code') ?? '');
      json(response, { access_token: 'access', token_type: 'bearer', expires_in: 300, id_token: token });
    },
    '/userinfo': (_url, _body, response) => {
      json(response, { ...HONEST, ...state.lies.claims, ...state.lies.userInfo });
    },
    '/keys': async (_url, _body, response) => {
      json(response, { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'key', alg: ALG, use: 'sig' }] });
    },
  };
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', issuer);
      await routes[url.pathname]?.(url, await formOf(request), response);
    })();
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    issuer,
    env: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'chatr', OIDC_CLIENT_SECRET: SECRET },
    get lies() {
      return state.lies;
    },
    set lies(lies) {
      state.lies = lies;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

function json(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
