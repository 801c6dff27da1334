import type { ServerInfo } from '@chatr/client';
import { problemWords } from '../core';

/**
 * What went wrong on the way to the provider of single sign-on or back, by the code that the server put into the address. Anybody
 * can write such an address, so nothing of it is shown but words of ours.
 */
export function ssoWords(
  code: string | undefined,
  sso: NonNullable<ServerInfo['sso']> | undefined,
): string | undefined {
  if (code === undefined) return undefined;
  const name = sso?.name ?? 'Single sign-on';
  switch (code) {
    case 'unavailable':
      return `${sentence(name)} does not answer right now. Try again in a moment${sso?.only ? '' : ', or use your password'}.`;
    case 'not_found':
      return 'There is no single sign-on on this server.';
    case 'sso_conflict':
      return 'This sign-in, or its e-mail address, already belongs to another account. Ask your administrator.';
    default:
      return problemWords({ code });
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
