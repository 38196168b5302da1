import type { RoomEvent } from '@sala/contracts';

/** Every event of the bench has this many digits in its seq, so that all frames of a candidate are of one length. */
export const FIRST_SEQ = 1_000_000;

const text = 'Yes, we can deliver on Thursday afternoon. The driver calls half an hour before. '.padEnd(110, '.');

/** About 300 bytes of JSON: an ordinary answer. */
export const eventNumber = (seq: number): RoomEvent => ({
  seq,
  at: '2026-11-20T09:30:00.000Z',
  fact: {
    type: 'operator.wrote',
    messageId: 'c7d0e2f4-6a1b-4c3d-8e5f-102938475665',
    operatorId: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
    content: { type: 'text', text },
  },
});
