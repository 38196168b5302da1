import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type TestDesk } from '../desk/desk.ts';
import { event, ingested, lineMessageId, newUserId, post } from '../desk/webhook.ts';
import { LINE_EXAMPLES } from './lineExamples.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
});
afterAll(() => desk.close());

type Identified = { message?: { id: string }; source?: { groupId?: string; roomId?: string } };

/** The example, from a customer and under ids of its own, so that examples do not meet in one conversation. */
function own(parts: Record<string, unknown>) {
  const userId = newUserId();
  const example = structuredClone(event(userId, parts)) as ReturnType<typeof event> & Identified;
  if (example.message) example.message.id = lineMessageId();
  if (example.source?.groupId) example.source.groupId = `C${userId.slice(1)}`;
  if (example.source?.roomId) example.source.roomId = `R${userId.slice(1)}`;
  const lineId = example.source?.groupId ?? example.source?.roomId ?? userId;
  return { example, lineId };
}

describe('Webhook (WH)', () => {
  it.each(LINE_EXAMPLES.filter(({ shown }) => shown))('[WH14] shows $name (C2)', async ({ event: parts, shown }) => {
    const { example, lineId } = own(parts);

    const status = await post(desk, example);

    await ingested(desk);
    const { id } = await desk.deps.db.prisma.conversation.findFirstOrThrow({ where: { lineId } });
    const [first] = await desk.log(id);
    expect(status).toBe(200);
    expect(first!.fact).toMatchObject(shown!);
  });

  it.each(LINE_EXAMPLES.filter(({ shown }) => !shown))('[WH14] keeps aside $name', async ({ event: parts }) => {
    const { example } = own(parts);

    const status = await post(desk, example);

    await ingested(desk);
    const { webhookEventId } = example;
    const kept = await desk.deps.db.prisma.lineEvent.findFirst({ where: { webhookEventId } });
    expect(status).toBe(200);
    expect(kept).toMatchObject({ state: 'setAside', payload: { type: example.type } });
  });

  it('[WH14] takes one event of every kind in a single webhook', async () => {
    const examples = LINE_EXAMPLES.map(({ event: parts }) => own(parts).example);

    const status = await post(desk, ...examples);

    await ingested(desk);
    const kept = await desk.deps.db.prisma.lineEvent.findMany({
      where: { webhookEventId: { in: examples.map(({ webhookEventId }) => webhookEventId) } },
    });
    expect(status).toBe(200);
    expect(kept).toHaveLength(LINE_EXAMPLES.length);
  });
});
