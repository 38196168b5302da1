import type { RoomFact, TeamId } from '@sala/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from '../../src/delivery/deliver.ts';
import { rebuild } from '../../src/log/rebuild.ts';
import { CHANNEL, openDesk, type TestDesk, type TestOperator } from '../desk/desk.ts';
import { message, newRoom, said } from '../desk/rooms.ts';
import { inTeams, newTeam } from '../desk/teams.ts';
import { event, ingested, newUserId, post, textEvent } from '../desk/webhook.ts';

let desk: TestDesk;
let people: TestOperator[];
let teams: (TeamId | null)[];
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  const all = [await desk.operator('Aoi'), await desk.operator('Ken'), await desk.operator('Mei', 'supervisor')];
  const [sales, repairs] = [await newTeam(desk, 'Sales', all), await newTeam(desk, 'Repairs', all.slice(1))];
  people = all.map((one, at) => ({ ...one, api: inTeams(desk, one, ...(at === 0 ? [sales] : [sales, repairs])) }));
  teams = [sales, repairs, null];
  await desk.deps.channels.setTeam({ channelId: CHANNEL.id, teamId: sales });
});
afterAll(() => desk.close());

/** Every projection, as it stands. A counter that nobody is counted under may be there or not. */
async function projections() {
  const { prisma } = desk.deps.db;
  return {
    conversations: await prisma.conversation.findMany({ orderBy: { id: 'asc' } }),
    messages: await prisma.message.findMany({ orderBy: [{ conversationId: 'asc' }, { id: 'asc' }] }),
    sessions: await prisma.session.findMany({ orderBy: { id: 'asc' } }),
    counts: await prisma.inboxCount.findMany({ where: { count: { not: 0 } }, orderBy: { key: 'asc' } }),
  };
}

const CUSTOMERS = Array.from({ length: 4 }, newUserId);
const OPERATOR_ACTS = ['claim', 'send', 'transfer', 'close', 'retry', 'deliver', 'assign'] as const;
const CUSTOMER_ACTS = ['says', 'asks', 'presses', 'follows', 'blocks', 'does something new'] as const;
const anyStep = fc.record({
  customer: fc.constantFrom(...CUSTOMERS),
  operator: fc.nat(2),
  act: fc.constantFrom(...OPERATOR_ACTS, ...CUSTOMER_ACTS),
  line: fc.constantFrom(200, 200, 400, 500),
  team: fc.nat(2),
});
type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;

const EVENTS: Record<(typeof CUSTOMER_ACTS)[number], (userId: string) => object> = {
  says: (userId) => textEvent(userId, 'hello'),
  asks: (userId) => textEvent(userId, 'a human, please'),
  presses: (userId) => event(userId, { type: 'postback', postback: { data: 'action=human' } }),
  follows: (userId) => event(userId, { type: 'follow' }),
  blocks: (userId) => event(userId, { type: 'unfollow' }),
  'does something new': (userId) => event(userId, { type: 'somethingNew' }),
};

/** One step of the day. What an operator may not do at this moment is refused, and that is part of the day. */
async function take({ customer, operator, act, line, team }: Step): Promise<void> {
  if (act in EVENTS) {
    await post(desk, EVENTS[act as keyof typeof EVENTS](customer));
    return ingested(desk);
  }
  const conversation = await desk.deps.db.prisma.conversation.findFirst({ where: { lineId: customer } });
  if (!conversation) return;
  const conversationId = conversation.id;
  const [{ api }, colleague] = [people[operator]!, people[(operator + 1) % 3]!];
  const does = {
    claim: () => api.room.claim({ conversationId }),
    send: () => api.room.send({ conversationId, ...message('an answer') }),
    transfer: () => api.room.transfer({ conversationId, to: colleague.operatorId, note: 'yours' }),
    close: () => api.room.close({ conversationId, reason: 'done' }),
    assign: () => api.room.assignTeam({ conversationId, teamId: teams[team]! }),
    retry: async () => {
      const failed = await desk.deps.db.prisma.message.findFirst({ where: { conversationId, delivery: 'failed' } });
      if (failed) await api.room.retry({ conversationId, messageId: failed.id });
    },
    deliver: async () => {
      if (line !== 200) await desk.line.failNext({ status: line });
      await deliver(desk.deps, conversationId);
    },
  };
  await does[act as keyof typeof does]().catch((error: { cause?: { refusal?: unknown } }) => {
    if (!error.cause?.refusal) throw error;
  });
}

describe('Log (LO)', () => {
  it('[LO8] after a busy day, everything made again from the log alone is the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 30, maxLength: 60 }), async (day) => {
        for (const step of day) await take(step);
        const before = await projections();

        await rebuild(desk.deps.db);

        expect(await projections()).toEqual(before);
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('[LO8] [LO10] so it is after a day on which several things happened at once', async () => {
    const burst = fc.array(anyStep, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(burst, { minLength: 15, maxLength: 20 }), async (day) => {
        for (const steps of day) await Promise.all(steps.map(take));
        await ingested(desk);
        const before = await projections();

        await rebuild(desk.deps.db);

        expect(await projections()).toEqual(before);
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('[LO8] several facts about one row in one change come to the same as one after another', async () => {
    const facts: RoomFact[] = [
      said('hello'),
      { type: 'session.opened', sessionId: 'all-at-once', handOver: { how: 'keyword', word: 'human' } },
      { type: 'session.claimed', sessionId: 'all-at-once', operatorId: 'aoi' },
      { type: 'session.closed', sessionId: 'all-at-once', by: { type: 'SYSTEM' }, reason: 'done' },
      { type: 'operator.wrote', messageId: 'm', content: { type: 'text', text: 'a' }, operatorId: 'aoi' },
    ];
    const { conversationId } = await newRoom(desk, facts);
    await desk.deps.rooms.change({ conversationId }, () => [
      { type: 'delivery.started', messageId: 'm', attempt: 1 },
      { type: 'delivery.sent', messageId: 'm', lineMessageId: '42' },
    ]);
    const before = await projections();

    await rebuild(desk.deps.db);

    expect(await projections()).toEqual(before);
    expect(before.messages.find(({ id }) => id === 'm')).toMatchObject({ delivery: 'sent', lineMessageId: '42' });
  });

  it('[LO8] leaves the log and what is owed to LINE as they are', async () => {
    const { prisma } = desk.deps.db;
    const rest = async () => ({
      events: await prisma.event.findMany({ orderBy: [{ conversationId: 'asc' }, { seq: 'asc' }] }),
      owed: await prisma.delivery.findMany({ orderBy: [{ conversationId: 'asc' }, { seq: 'asc' }] }),
    });
    const before = await rest();

    await rebuild(desk.deps.db);

    expect(await rest()).toEqual(before);
    expect(before.events.length).toBeGreaterThan(0);
  });
});
