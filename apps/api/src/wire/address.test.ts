import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressOf } from './address.ts';

const request = (forwarded?: string) =>
  ({ socket: { remoteAddress: '10.0.0.1' }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe('Sign-in (SI)', () => {
  it.each([
    ['no proxy is trusted', 'forged', 0, '10.0.0.1'],
    ['one proxy tells who called it', 'forged, 203.0.113.1', 1, '203.0.113.1'],
    ['two proxies', 'forged, 203.0.113.1, 10.0.0.2', 2, '203.0.113.1'],
    ['a proxy says nothing', undefined, 1, '10.0.0.1'],
    ['there are fewer than were said', '203.0.113.1', 5, '203.0.113.1'],
  ])('[SI4] the address of a request, where %s', (_what, forwarded, hops, address) => {
    expect(addressOf(request(forwarded), hops)).toBe(address);
  });
});
