import { describe, expect, it } from 'vitest';
import { auditQueryOf, auditSearchOf, isFiltered } from './auditSearch.ts';

describe('the filters of the audit log', () => {
  it('come from the address, and what is not known there is left out', () => {
    expect(auditSearchOf({ text: ' nok ', action: 'key.added', from: '2026-11-20', until: '' })).toEqual({
      text: 'nok',
      action: 'key.added',
      from: '2026-11-20',
    });
    expect(auditSearchOf({ action: 'no.such', from: '2026-99-99', until: 'yesterday', text: {}, x: 1 })).toEqual({});
    expect(auditSearchOf({ text: 42 })).toEqual({ text: '42' });
  });

  it('ask for whole days of this device', () => {
    const { from, until } = auditQueryOf({ from: '2026-11-20', until: '2026-11-20' });
    expect(Date.parse(until!) - Date.parse(from!)).toBe(24 * 3_600_000);
    expect(new Date(from!).getHours()).toBe(0);
  });

  it('are none when nothing is set', () => {
    expect(isFiltered({})).toBe(false);
    expect(auditQueryOf({})).toEqual({});
    expect(isFiltered({ text: 'a' })).toBe(true);
  });
});
