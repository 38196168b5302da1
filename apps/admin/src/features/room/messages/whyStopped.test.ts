import { describe, expect, it } from 'vitest';
import { createTranslator } from 'use-intl/core';
import type { Refusal } from '@sala/contracts';
import type { Problem } from '../../../lib/problem.ts';
import { en } from '../../../messages/en.ts';
import { ja } from '../../../messages/ja.ts';
import { th } from '../../../messages/th.ts';
import { whyStopped } from './whyStopped.ts';

const refused = (refusal: Refusal): Problem => ({ type: 'refused', refusal });
const problems: Problem[] = [
  { type: 'unreachable' },
  { type: 'fault', correlationId: null },
  { type: 'fault', correlationId: 'a1b2' },
  refused({ code: 'UNAVAILABLE', retryAfterMs: 2_000 }),
  refused({ code: 'RATE_LIMITED', retryAfterMs: 2_000 }),
  refused({ code: 'NOT_IN_ROOM' }),
  refused({ code: 'INVALID', issues: [] }),
  refused({ code: 'STALE', seq: 9 }),
  refused({ code: 'SIGNED_OUT' }),
  refused({ code: 'NOT_ALLOWED' }),
  refused({ code: 'NOT_FOUND' }),
  refused({ code: 'TOO_LARGE' }),
];

describe('why a message has stopped', () => {
  it.each([
    ['en', en, /again|\d s\b/i],
    ['ja', ja, /もう一度|秒後/],
    ['th', th, /อีกครั้ง|วินาที/],
  ] as const)('is told without asking for another try: %s', (locale, messages, order) => {
    const t = createTranslator({ locale, messages });
    for (const problem of problems) {
      const why = whyStopped(problem);
      const code = problem.type === 'refused' ? problem.refusal.code : '';
      const words = why ? t(`outbox.${why}`, { id: 'a1b2' }) : t(`problem.${code}` as 'problem.NOT_FOUND');
      expect(words).not.toMatch(order);
    }
  });
});
