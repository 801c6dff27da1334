import type { EnvironmentReader } from './environment-reader.js';

/** The OpenID Connect provider that people sign in with. */
export interface OidcSettings {
  /** The provider's identifier, as its discovery document and its tokens name it. */
  issuer: string;
  clientId: string;
  /** Undefined for a public client, which proves itself by PKCE alone. */
  clientSecret: string | undefined;
  /** What people call the provider; it stands on the button. */
  name: string;
  /** Separated by spaces. */
  scopes: string;
  /** Undefined: the provider has no say in roles. */
  roles: RoleClaim | undefined;
  /** Whether somebody whom REGISTRATION lets in gets an account by signing in; else the invited alone do. */
  autoRegister: boolean;
  /** Whether passwords are good for nothing and nobody registers with a form. */
  only: boolean;
}

/** Where the provider says who is an administrator. */
export interface RoleClaim {
  claim: string;
  /** Whoever has one of these in the claim is one. */
  adminValues: readonly string[];
}

const NEEDED = ['OIDC_ISSUER', 'OIDC_CLIENT_ID'] as const;
const OPTIONAL = [
  'OIDC_CLIENT_SECRET',
  'OIDC_NAME',
  'OIDC_SCOPES',
  'OIDC_ROLE_CLAIM',
  'OIDC_ADMIN_VALUES',
  'OIDC_AUTO_REGISTER',
  'OIDC_ONLY',
] as const;

const NAME_LENGTH = 40;
const LOOPBACK = /^(localhost|([a-z0-9-]+\.)+localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** OIDC_*; undefined where none of them is set. */
export function readOidc(read: EnvironmentReader, production: boolean): OidcSettings | undefined {
  const given = [...NEEDED, ...OPTIONAL].filter((name) => read.text(name) !== undefined);
  const [first] = given;
  if (first === undefined) return undefined;
  for (const name of NEEDED) {
    if (read.text(name) === undefined) read.refuse(name, `must be set, as ${first} is: single sign-on needs it`);
  }
  return {
    issuer: issuer(read, production),
    clientId: read.text('OIDC_CLIENT_ID') ?? '',
    clientSecret: read.text('OIDC_CLIENT_SECRET'),
    name: providerName(read),
    scopes: scopes(read),
    roles: roleClaim(read),
    autoRegister: read.choice('OIDC_AUTO_REGISTER', ['on', 'off'], 'on') === 'on',
    only: read.choice('OIDC_ONLY', ['on', 'off'], 'off') === 'on',
  };
}

/** What the provider says is believed because TLS says that it is the provider: plain HTTP is for a provider on one's own machine. */
function issuer(read: EnvironmentReader, production: boolean): string {
  const value = read.url('OIDC_ISSUER', ['https:', 'http:']);
  if (value === undefined) return '';
  const { protocol, hostname, search, hash, username, password } = new URL(value);
  if (search !== '' || hash !== '' || username !== '' || password !== '') {
    read.refuse('OIDC_ISSUER', 'must be the bare address of the provider, without user, query and fragment');
  } else if (protocol !== 'https:' && (production || !LOOPBACK.test(hostname))) {
    read.refuse(
      'OIDC_ISSUER',
      'must start with https:// (http:// is for a provider on this machine, outside production)',
    );
  }
  return value;
}

function providerName(read: EnvironmentReader): string {
  const name = read.text('OIDC_NAME') ?? 'single sign-on';
  if (name.length > NAME_LENGTH) read.refuse('OIDC_NAME', `must fit on a button: at most ${NAME_LENGTH} characters`);
  return name;
}

function scopes(read: EnvironmentReader): string {
  const given = (read.text('OIDC_SCOPES') ?? 'openid profile email').split(/[\s,]+/).filter((scope) => scope !== '');
  if (!given.includes('openid')) read.refuse('OIDC_SCOPES', 'must hold openid');
  return given.join(' ');
}

function roleClaim(read: EnvironmentReader): RoleClaim | undefined {
  const claim = read.text('OIDC_ROLE_CLAIM');
  const values = (read.text('OIDC_ADMIN_VALUES') ?? '').split(',').map((value) => value.trim());
  const adminValues = values.filter((value) => value !== '');
  if (claim === undefined && adminValues.length === 0) return undefined;
  if (claim === undefined) read.refuse('OIDC_ROLE_CLAIM', 'must be set, as OIDC_ADMIN_VALUES is');
  if (adminValues.length === 0) read.refuse('OIDC_ADMIN_VALUES', 'must be set, as OIDC_ROLE_CLAIM is');
  return { claim: claim ?? '', adminValues };
}
