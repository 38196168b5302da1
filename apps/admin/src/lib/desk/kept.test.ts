import { afterEach, describe, expect, it, vi } from 'vitest';

function storage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

/** A page of its own: modules start anew, the tab's storage stays. */
async function page() {
  vi.resetModules();
  return import('./kept.ts');
}

afterEach(() => vi.unstubAllGlobals());

describe('what is kept in a tab', () => {
  it('is there again after a reload', async () => {
    vi.stubGlobal('sessionStorage', storage());
    const first = await page();
    first.keepFor('nok');
    new first.KeptMap<string>('drafts').set('c1', 'ร่าง');

    const second = await page();
    const drafts = new second.KeptMap<string>('drafts');
    second.keepFor('nok');

    expect(drafts.get('c1')).toBe('ร่าง');
  });

  it('is not shown to somebody else who signs in there', async () => {
    vi.stubGlobal('sessionStorage', storage());
    const first = await page();
    first.keepFor('nok');
    new first.KeptMap<string>('drafts').set('c1', 'ร่าง');

    const second = await page();
    const drafts = new second.KeptMap<string>('drafts');
    second.keepFor('thanawat');

    expect(drafts.get('c1')).toBeUndefined();
  });

  it('ends with signing out', async () => {
    vi.stubGlobal('sessionStorage', storage());
    const { KeptMap, forgetKept, keepFor } = await page();
    keepFor('nok');
    const drafts = new KeptMap<string>('drafts');
    drafts.set('c1', 'ร่าง');

    forgetKept();

    expect(drafts.get('c1')).toBeUndefined();
    expect(new KeptMap<string>('drafts').get('c1')).toBeUndefined();
  });

  it('is kept for the life of the page where storage is off', async () => {
    const { KeptMap, keepFor } = await page();
    keepFor('nok');
    const drafts = new KeptMap<string>('drafts');
    drafts.set('c1', 'ร่าง');
    expect(drafts.get('c1')).toBe('ร่าง');
    drafts.delete('c1');
    expect(drafts.get('c1')).toBeUndefined();
  });
});
