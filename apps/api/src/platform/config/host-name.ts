import { isIP } from 'node:net';

/** Whether people reach the server by a name. Browsers keep passkeys for names only, not for IP addresses. */
export function hasHostName(publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl);
  return isIP(hostname.replace(/^\[|\]$/gu, '')) === 0;
}
