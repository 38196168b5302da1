import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetOldEvents } from '../../src/line/forget.ts';
import { CHANNEL, openDesk, type TestDesk } from '../desk/desk.ts';

const DAY_MS = 24 * 3_600_000;

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
});
afterAll(() => desk.close());

async function kept(state: string, daysOld: number): Promise<() => Promise<boolean>> {
  const webhookEventId = randomUUID();
  const receivedAt = new Date(Date.now() - daysOld * DAY_MS);
  await desk.deps.db.prisma.lineEvent.create({
    data: { channelId: CHANNEL.id, webhookEventId, receivedAt, payload: {}, state },
  });
  return async () => (await desk.deps.db.prisma.lineEvent.count({ where: { webhookEventId } })) === 1;
}

describe('Webhook (WH)', () => {
  it('[WH16] a recorded event is forgotten after 35 days, and what is pending or set aside is not', async () => {
    const events = [
      await kept('done', 36),
      await kept('done', 34),
      await kept('pending', 36),
      await kept('setAside', 36),
    ];

    const forgotten = await forgetOldEvents(desk.deps);

    expect(forgotten).toBe(1);
    expect(await Promise.all(events.map((isKept) => isKept()))).toEqual([false, true, true, true]);
  });
});
