import { describe, expect, it } from 'vitest';
import { ownAddress } from './ownAddress.ts';

const origin = 'https://sala.example';

describe('where sign-in leads', () => {
  it.each([
    ['/inbox/mine/42?x=1#room', '/inbox/mine/42?x=1#room'],
    ['https://evil.example', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
    [undefined, '/'],
  ])('%s → %s', (wanted, address) => {
    expect(ownAddress(wanted, origin)).toBe(address);
  });
});
