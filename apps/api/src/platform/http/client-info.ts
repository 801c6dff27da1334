import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { addressKey } from './client-address.js';
import { viewerPlace } from './viewer-place.js';

const USER_AGENT_LENGTH = 300;
/** The longest IPv6 address with a zone still fits. */
const ADDRESS_LENGTH = 64;

/** The cookie in which a browser keeps who logged in there. */
export const BROWSER_COOKIE = 'chatr_browser';
const BROWSER_LENGTH = 200;
/** The cookie by which a browser is known again at the next log-in (auth/sessions/known-devices.ts). */
export const DEVICE_COOKIE = 'chatr_device';
/** A browser that several people share keeps a token for each. */
const DEVICE_TOKENS = 5;
const DEVICE_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Where a request comes from. */
export interface Client {
  /** The address as the configured proxies tell it. */
  address: string;
  /** Whom the address counts for in throttles. */
  addressKey: string;
  /** What the browser or app calls itself; a claim, shown in the list of sessions and good for nothing else. */
  userAgent: string;
  /** What a browser keeps from an earlier log-in here, if it says so: a claim, until `FamiliarBrowsers` has looked at it. */
  browser?: string;
  /** Town and country as a trusted proxy tells them, for people to read; empty where nobody does. */
  place: string;
  /** What earlier log-ins of this browser left in its cookie, the newest first. */
  deviceTokens: readonly string[];
  /** Whether it is a browser on a page of ours, which brings its cookies wherever it has some. */
  bringsCookies: boolean;
}

/** The `Client` of the request. */
export const ClientInfo = createParamDecorator((_data: unknown, context: ExecutionContext): Client => {
  const request = context.switchToHttp().getRequest<Request>();
  const browser = (request.cookies as Readonly<Record<string, unknown>> | undefined)?.[BROWSER_COOKIE];
  return {
    ...(typeof browser === 'string' && browser.length <= BROWSER_LENGTH ? { browser } : {}),
    // Behind a proxy it is what a header says, which may be anything.
    address: (request.ip ?? '').slice(0, ADDRESS_LENGTH),
    addressKey: addressKey(request.ip),
    userAgent: (request.get('user-agent') ?? '').slice(0, USER_AGENT_LENGTH),
    place: viewerPlace(request),
    deviceTokens: deviceTokens(request),
    bringsCookies: ['same-origin', 'same-site'].includes(request.get('sec-fetch-site') ?? ''),
  };
});

function deviceTokens(request: Request): string[] {
  const cookies = request.cookies as Readonly<Record<string, unknown>> | undefined;
  const value = cookies?.[DEVICE_COOKIE];
  if (typeof value !== 'string') return [];
  return value
    .split('.')
    .filter((token) => DEVICE_TOKEN.test(token))
    .slice(0, DEVICE_TOKENS);
}
