import { describe, expect, it } from 'vitest';
import { placeOf } from './place.ts';

describe('Sign-in (SI)', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['nowhere', 'nowhere'],
  ])('[SI4] the address %s counts as %s', (address, place) => {
    expect(placeOf(address)).toBe(place);
  });
});
