import { describe, expect, it } from 'vitest';
import { UntoldRows } from './untold.ts';

describe('Inbox (IN)', () => {
  it('[IN13] who has not read 1,000 changes is told to fetch the list again, and nothing is piled up', () => {
    const untold = new UntoldRows();
    for (let number = 0; number <= 1_000; number += 1) {
      untold.put({ type: 'gone', conversationId: `c${number}`, seq: 1 });
    }
    untold.put({ type: 'gone', conversationId: 'afterwards', seq: 1 });

    expect(untold.take()).toEqual([{ type: 'resync' }, { type: 'gone', conversationId: 'afterwards', seq: 1 }]);
    expect(untold.take()).toEqual([]);
  });
});
