import { randomUUID } from 'node:crypto';
import { compareRows, type InboxChange, type InboxCounts, InboxView, type RoomFact, Shelf } from '@sala/contracts';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestClient } from './desk/connect.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from './desk/desk.ts';
import { newRoom, said, say, upTo } from './desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
let ken: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
  ken = await desk.operator('Ken');
});
afterAll(() => desk.close());

const clients: TestClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

const opened = (): RoomFact => ({
  type: 'session.opened',
  sessionId: randomUUID(),
  handOver: { how: 'keyword', word: 'human' },
});
const waitingRoom = () => newRoom(desk, [said('hello'), opened()]);

async function follow(operator: TestOperator, view: InboxView): Promise<InboxChange[]> {
  const client = await desk.connect(operator);
  clients.push(client);
  const changes: InboxChange[] = [];
  client.api.inbox.follow.subscribe({ view }, { onData: (all) => void changes.push(...all) });
  await vi.waitFor(() => expect(changes.length).toBeGreaterThan(0), WAIT);
  return changes;
}

const rowsIn = (changes: InboxChange[], conversationId: string) =>
  changes.filter((change) => change.type === 'row' && change.row.conversationId === conversationId);
const idsIn = async (operator: TestOperator, view: InboxView, limit = 3) => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await operator.api.inbox.list({ view, limit, ...(cursor && { cursor }) });
    ids.push(...page.rows.map(({ conversationId }) => conversationId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return ids;
};

const ACTS = ['customer writes', 'claim', 'transfer', 'close', 'hand over', 'new'] as const;

/** Things that happen on the desk, in any order; what may not be done at the moment is refused. */
async function happens(rooms: { conversationId: string }[], act: (typeof ACTS)[number], index: number): Promise<void> {
  const [operator, colleague] = index % 2 === 0 ? [aoi, ken] : [ken, aoi];
  const room = rooms[index % rooms.length]!;
  const { conversationId } = room;
  const does = {
    'customer writes': () => say(desk, conversationId, 'hello'),
    claim: () => operator.api.room.claim(room),
    transfer: () => operator.api.room.transfer({ conversationId, to: colleague.operatorId }),
    close: () => operator.api.room.close(room),
    'hand over': () => desk.deps.rooms.change(room, ({ session }) => (session?.status === 'ACTIVE' ? [] : [opened()])),
    new: async () => void rooms.push(await newRoom(desk)),
  };
  await does[act]().catch((error: { cause?: { refusal?: unknown } }) => {
    if (!error.cause?.refusal) throw error;
  });
}

describe('Inbox (IN)', () => {
  it('[IN4] after anything that may happen, the counts equal the lists, for everybody', async () => {
    const anyDay = fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.nat(100)), { minLength: 20, maxLength: 40 });

    await fc.assert(
      fc.asyncProperty(anyDay, async (day) => {
        const rooms = [await newRoom(desk), await waitingRoom()];
        for (const [act, index] of day) await happens(rooms, act, index);

        for (const operator of [aoi, ken]) {
          const lists = await Promise.all(
            InboxView.options.map(async (view) => [view, (await idsIn(operator, view, 100)).length]),
          );
          expect(await operator.api.inbox.counts()).toEqual(Object.fromEntries(lists) as InboxCounts);
        }
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('[IN1] every conversation is on exactly one shelf, and mine are those of active that I hold', async () => {
    const shelves = await Promise.all(Shelf.options.map((view) => idsIn(aoi, view)));
    const [all, active] = [await idsIn(aoi, 'all'), await idsIn(aoi, 'active')];
    const held = [await idsIn(aoi, 'mine'), await idsIn(ken, 'mine')];

    expect(shelves.flat().toSorted()).toEqual(all.toSorted());
    expect(held.flat().toSorted()).toEqual(active.toSorted());
    expect(new Set(all)).toHaveLength(all.length);
  });

  it.each(InboxView.options)('[IN3] pages of %s follow each other without repeats or gaps', async (view) => {
    await Promise.all(upTo(5).map(waitingRoom));
    const { rows } = await aoi.api.inbox.list({ view, limit: 100 });

    expect(await idsIn(aoi, view)).toEqual(rows.map(({ conversationId }) => conversationId));
  });

  it.each(InboxView.options)('[IN2] %s is in the order that both sides agree on', async (view) => {
    const { rows } = await aoi.api.inbox.list({ view, limit: 100 });

    expect(rows).toEqual(rows.toSorted(compareRows(view)));
  });

  it('[IN2] the longest wait is first, and a message does not cost anybody their place', async () => {
    const first = await waitingRoom();
    desk.clockOffset.ms += 1_000; // or all of it may happen in one millisecond
    const second = await waitingRoom();
    await say(desk, first.conversationId, 'still here');

    const ids = await idsIn(aoi, 'waiting');

    expect(ids.indexOf(first.conversationId)).toBeLessThan(ids.indexOf(second.conversationId));
  });

  it('[IN2] a message brings its conversation to the top of every other list', async () => {
    const first = await newRoom(desk);
    desk.clockOffset.ms += 1_000;
    const second = await newRoom(desk);
    desk.clockOffset.ms += 1_000; // or all of it may happen in one millisecond
    await say(desk, first.conversationId, 'again');

    const ids = await idsIn(aoi, 'bot');

    expect(ids.slice(0, 2)).toEqual([first.conversationId, second.conversationId]);
  });

  it('[IN5] a follower is told the counts first, then the row that comes, and that it goes (B4, A5)', async () => {
    const changes = await follow(aoi, 'waiting');
    const before = changes[0]!.type === 'counts' ? changes[0]!.counts.waiting : -1;

    const { conversationId } = await waitingRoom();
    await vi.waitFor(() => expect(rowsIn(changes, conversationId)).toHaveLength(1), WAIT);
    const { seq } = await ken.api.room.claim({ conversationId });

    await vi.waitFor(() => expect(changes).toContainEqual({ type: 'gone', conversationId, seq }), WAIT);
    await vi.waitFor(() => expect(changes.at(-1)).toMatchObject({ type: 'counts', counts: { waiting: before } }), WAIT);
  });

  it('[IN5] a new conversation is counted, also when the bot has answered in the same breath', async () => {
    const changes = await follow(aoi, 'bot');
    const counted = () =>
      changes.flatMap((change) => (change.type === 'counts' ? [change.counts.bot] : [])).toSorted((a, b) => a - b);
    const [before] = counted();
    const greeting: RoomFact = {
      type: 'bot.wrote',
      messageId: randomUUID(),
      content: { type: 'text', text: 'good day' },
    };

    await newRoom(desk, [said('hello'), greeting]);

    await vi.waitFor(() => expect(counted().at(-1)).toBe(before! + 1), WAIT);
  });

  it('[IN5] a transfer leaves one list of mine and comes into the other (B4)', async () => {
    const { conversationId } = await waitingRoom();
    await aoi.api.room.claim({ conversationId });
    const [giver, taker] = [await follow(aoi, 'mine'), await follow(ken, 'mine')];

    const { seq } = await aoi.api.room.transfer({ conversationId, to: ken.operatorId });

    await vi.waitFor(() => expect(giver).toContainEqual({ type: 'gone', conversationId, seq }), WAIT);
    await vi.waitFor(() => expect(rowsIn(taker, conversationId)).toMatchObject([{ row: { seq } }]), WAIT);
  });

  it('[IN6] a burst in one conversation comes as fewer rows than messages, the last of them the newest', async () => {
    const { conversationId } = await waitingRoom();
    const changes = await follow(aoi, 'waiting');

    await say(desk, conversationId, ...upTo(20).map(String));

    await vi.waitFor(() => expect(rowsIn(changes, conversationId).at(-1)).toMatchObject({ row: { seq: 22 } }), WAIT);
    expect(rowsIn(changes, conversationId).length).toBeLessThan(20);
  });

  it("[IN7] a follower of mine hears nothing of a colleague's conversations", async () => {
    const [theirs, own] = [await waitingRoom(), await waitingRoom()];
    const changes = await follow(aoi, 'mine');

    await ken.api.room.claim(theirs);
    await say(desk, theirs.conversationId, 'for Ken');
    await aoi.api.room.claim(own);

    await vi.waitFor(() => expect(rowsIn(changes, own.conversationId)).toHaveLength(1), WAIT);
    expect(JSON.stringify(changes)).not.toContain(theirs.conversationId);
  });

  it('[IN5] who stops following is forgotten', async () => {
    await vi.waitFor(() => expect(desk.deps.inbox.size).toBe(0), WAIT);
    await follow(aoi, 'all');
    expect(desk.deps.inbox.size).toBe(1);

    clients.pop()!.close();

    await vi.waitFor(() => expect(desk.deps.inbox.size).toBe(0), WAIT);
  });

  it.each([
    'x',
    'e30',
    'W10',
    Buffer.from('["yesterday","a"]').toString('base64url'),
    Buffer.from('null').toString('base64url'),
  ])('[IN8] the cursor %j is INVALID', async (cursor) => {
    await expect(aoi.api.inbox.list({ view: 'all', cursor })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      cause: { refusal: { code: 'INVALID', issues: [{ path: 'cursor' }] } },
    });
  });

  it.each([0, 101, 1.5])('[IN3] a page of %d is INVALID', async (limit) => {
    await expect(aoi.api.inbox.list({ view: 'all', limit })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('[IN11] after a change whose answer was lost, lists and counts are told to be read again', async () => {
    const changes = await follow(aoi, 'waiting');
    const { conversationId } = await newRoom(desk);
    loseNext((query) => query.includes('insert into "Event"'));

    const asked = desk.deps.rooms.change({ conversationId }, () => [opened()]);

    await expect(asked).rejects.toThrow('Connection terminated');
    expect((await aoi.api.room.get({ conversationId })).head.session).toMatchObject({ status: 'WAITING' });
    await vi.waitFor(() => expect(changes.map(({ type }) => type)).toContain('resync'), WAIT);
    await vi.waitFor(async () => expect(countsIn(changes)).toEqual(await aoi.api.inbox.counts()), WAIT);
  });

  it('[IN12] counts that could not be read are read again', async () => {
    const changes = await follow(aoi, 'all');
    loseNext((query) => query.includes('"InboxCount"') && query.startsWith('select'));

    await newRoom(desk);

    await vi.waitFor(async () => expect(countsIn(changes)).toEqual(await aoi.api.inbox.counts()), WAIT);
  });
});

const countsIn = (changes: InboxChange[]) =>
  changes.flatMap((change) => (change.type === 'counts' ? [change.counts] : [])).at(-1);

/** The database does the next statement of this kind, and its answer never comes. */
function loseNext(isMeant: (query: string) => boolean): void {
  const { pool } = desk.deps.db;
  const query = pool.query.bind(pool) as (...asked: unknown[]) => Promise<unknown>;
  const lossy = async (...asked: unknown[]) => {
    const answer = await query(...asked);
    const [what] = asked as [string | { text: string }];
    if (!isMeant(typeof what === 'string' ? what : what.text)) return answer;
    pool.query = query as typeof pool.query;
    throw new Error('Connection terminated unexpectedly');
  };
  pool.query = lossy as typeof pool.query;
}
