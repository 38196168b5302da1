import { describe, expect, it } from 'vitest';
import { createSeal } from './seal.ts';

const KEY = 'k7Qp0vXw3mZr9sYt2uBe5cDf8gHj1aLn';

describe('Sign-in (SI)', () => {
  it('[SI7] a sealed secret opens again, and only under its key', () => {
    const sealed = createSeal(KEY).close('ความลับ');

    expect(createSeal(KEY).open(sealed)).toBe('ความลับ');
    expect(() => createSeal(`${KEY}x`).open(sealed)).toThrow();
  });

  it('[SI7] the same secret never looks the same twice, and never like itself', () => {
    const { close } = createSeal(KEY);

    expect(close('secret')).not.toBe(close('secret'));
    expect(close('secret')).not.toContain('secret');
  });

  it('[SI7] a sealed secret that was changed does not open', () => {
    const { close, open } = createSeal(KEY);
    const [version, nonce, tag, text] = close('secret').split('.');
    const changed = `${text![0] === 'A' ? 'B' : 'A'}${text!.slice(1)}`;

    expect(() => open([version, nonce, tag, changed].join('.'))).toThrow();
  });
});
