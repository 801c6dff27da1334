import express, { type Request } from 'express';
import { viewerPlace } from './viewer-place.js';

function requestWith(
  headers: Record<string, string>,
  trustProxy: false | string = 'loopback',
  peer = '127.0.0.1',
): Request {
  const app = express();
  app.set('trust proxy', trustProxy);
  return { app, socket: { remoteAddress: peer }, get: (name: string) => headers[name] } as unknown as Request;
}

test.each([
  [{ 'cloudfront-viewer-city': 'Lyon', 'cloudfront-viewer-country-name': 'France' }, 'Lyon, France'],
  [{ 'cf-ipcountry': 'CH' }, 'Switzerland'],
  [{ 'cf-ipcountry': 'T1' }, ''],
  [{ 'cf-ipcountry': '<b>' }, ''],
  [{ 'cloudfront-viewer-city': Buffer.from('Zürich').toString('latin1') }, 'Zürich'],
  [{}, ''],
])('%p is read as %p', (headers, place) => expect(viewerPlace(requestWith(headers))).toBe(place));

test('nobody is believed without TRUST_PROXY, or who is not the proxy', () => {
  const headers = { 'cf-ipcountry': 'CH' };
  expect(viewerPlace(requestWith(headers, false))).toBe('');
  expect(viewerPlace(requestWith(headers, 'loopback', '192.0.2.1'))).toBe('');
});
