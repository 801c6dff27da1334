import type { Request } from 'express';

const PLACE_LENGTH = 100;
/** How Cloudflare writes a country it does not know, and Tor. */
const NO_COUNTRY = new Set(['XX', 'T1']);
const countryNames = new Intl.DisplayNames('en', { type: 'region' });

type TrustsPeer = (address: string | undefined, hop: number) => boolean;

/**
 * Where a request comes from, in words, as CloudFront or Cloudflare write it into headers. Only a proxy that TRUST_PROXY names is
 * believed, and nobody else is ever asked: addresses of people stay here.
 */
export function viewerPlace(request: Request): string {
  if (request.app.get('trust proxy') === false) return '';
  const trusts = request.app.get('trust proxy fn') as TrustsPeer;
  if (!trusts(request.socket.remoteAddress, 0)) return '';
  const city = header(request, 'cloudfront-viewer-city');
  const country = header(request, 'cloudfront-viewer-country-name') || countryName(header(request, 'cf-ipcountry'));
  return [city, country].filter((part) => part !== '').join(', ');
}

/** HTTP gives headers as Latin-1, whatever they were; a name of a town is UTF-8. */
function header(request: Request, name: string): string {
  const text = Buffer.from(request.get(name) ?? '', 'latin1').toString('utf8');
  return text.replace(/\p{C}/gu, '').trim().slice(0, PLACE_LENGTH);
}

function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) && !NO_COUNTRY.has(code) ? (countryNames.of(code) ?? '') : '';
}
