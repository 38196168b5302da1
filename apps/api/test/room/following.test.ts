import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestClient } from '../desk/connect.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { follow } from '../desk/following.ts';
import { newRoom, said, say, textsOf, upTo } from '../desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
let baseline: number;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
  baseline = desk.listeners();
});
afterAll(() => desk.close());

const clients: TestClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

async function connect(): Promise<TestClient> {
  const client = await desk.connect(aoi);
  clients.push(client);
  return client;
}

const soon = (look: () => void) => vi.waitFor(look, WAIT);
const words = (count: number) => upTo(count).map((index) => `w${index}`);

describe('Following a room (FO)', () => {
  it('[FO1] gives what has happened, then what happens, in order and once (A5, A6)', async () => {
    const { conversationId } = await newRoom(
      desk,
      ['one', 'two'].map((text) => said(text)),
    );
    const following = follow(await connect(), conversationId);
    await soon(() => expect(textsOf(following.events)).toEqual(['one', 'two']));

    await say(desk, conversationId, 'three', 'four');

    await soon(() => expect(textsOf(following.events)).toEqual(['one', 'two', 'three', 'four']));
  });

  it('[FO1] begins after the cursor it is given', async () => {
    const { conversationId } = await newRoom(
      desk,
      words(5).map((word) => said(word)),
    );

    const following = follow(await connect(), conversationId, { lastEventId: 3 });

    await soon(() => expect(following.seqs()).toEqual([4, 5]));
  });

  it('[FO1] a message that another server recorded and nobody announced comes all the same', async () => {
    const { conversationId } = await newRoom(desk);
    const following = follow(await connect(), conversationId);
    await soon(() => expect(following.seqs()).toEqual([1]));
    await desk.deps.db.pool.query(
      `with moved as (update "Conversation" set "lastSeq" = 2 where id = $1)
       insert into "Event" ("conversationId", seq, at, fact) values ($1, 2, now(), $2)`,
      [conversationId, said('unannounced')],
    );

    await say(desk, conversationId, 'announced');

    await soon(() => expect(textsOf(following.events)).toEqual(['hello', 'unannounced', 'announced']));
  });

  it('[FO2] after a lost connection resumes where it stopped: nothing lost, nothing twice (D9)', async () => {
    const { conversationId } = await newRoom(desk, [said('one')]);
    const client = await connect();
    const following = follow(client, conversationId);
    await soon(() => expect(textsOf(following.events)).toEqual(['one']));

    client.hangUp();
    await say(desk, conversationId, 'two', 'three');

    await soon(() => expect(textsOf(following.events)).toEqual(['one', 'two', 'three']));
    expect(client.dials()).toBe(2);
  });

  it('[FO2] a connection lost in the middle of the replay loses nothing and repeats nothing', async () => {
    const { conversationId } = await longRoom(600);
    const client = await connect();
    let cut = false;

    const following = follow(client, conversationId, {
      onEvent: ({ seq }) => {
        if (seq < 150 || cut) return;
        cut = true;
        client.hangUp();
      },
    });

    await soon(() => expect(following.events.length).toBeGreaterThanOrEqual(600));
    expect(following.seqs()).toEqual(upTo(600));
    expect(client.dials()).toBe(2);
  });

  it('[FO2] after hours away with 5,000 missed events all of them come, in order and once', async () => {
    const { conversationId } = await longRoom(5_000);

    const following = follow(await connect(), conversationId, { lastEventId: 10 });

    await soon(() => expect(following.events).toHaveLength(4_990));
    expect(following.seqs()).toEqual(upTo(5_000).slice(10));
  });

  it('[FO2] sixty messages over connections that break at random arrive in order and once', async () => {
    const afterEach = fc.array(fc.constantFrom('stays', 'stays', 'breaks'), { minLength: 60, maxLength: 60 });

    await fc.assert(
      fc.asyncProperty(afterEach, async (line) => {
        const { conversationId } = await newRoom(desk, []);
        const client = await connect();
        const following = follow(client, conversationId);

        for (const [index, what] of line.entries()) {
          await say(desk, conversationId, `w${index + 1}`);
          if (what === 'breaks') client.hangUp();
        }

        await soon(() => expect(textsOf(following.events)).toEqual(words(60)));
        expect(client.dials()).toBeGreaterThan(1);
        following.stop();
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('[FO3] everybody who follows gets the same events, also in two tabs of one operator (A5)', async () => {
    const { conversationId } = await newRoom(desk);
    const [first, second] = [await connect(), await connect()];
    const followings = [follow(first, conversationId), follow(first, conversationId), follow(second, conversationId)];
    await soon(() => expect(followings.map(({ seqs }) => seqs())).toEqual([[1], [1], [1]]));

    await say(desk, conversationId, ...words(20));

    await soon(() => expect(followings.map(({ seqs }) => seqs())).toEqual([upTo(21), upTo(21), upTo(21)]));
    expect(followings[1]!.events).toEqual(followings[0]!.events);
    expect(followings[2]!.events).toEqual(followings[0]!.events);
  });

  it('[FO4] a cursor ahead of the log, as after a restore, is STALE and says where the log ends', async () => {
    const { conversationId } = await newRoom(desk);

    const following = follow(await connect(), conversationId, { lastEventId: 1_000 });

    await soon(() => expect(following.refusals).toEqual([{ code: 'STALE', seq: 1 }]));
    expect(following.events).toEqual([]);
  });

  it('[FO5] an unknown conversation is NOT_FOUND (A6)', async () => {
    const following = follow(await connect(), randomUUID());

    await soon(() => expect(following.refusals).toEqual([{ code: 'NOT_FOUND' }]));
  });

  it('[FO5] a room without an id is INVALID (A6)', async () => {
    const following = follow(await connect(), '');

    await soon(() =>
      expect(following.refusals).toMatchObject([{ code: 'INVALID', issues: [{ path: 'conversationId' }] }]),
    );
  });

  it('[FO8] leaving the room ends all that following it began (A6)', async () => {
    const { conversationId } = await newRoom(desk);
    const following = follow(await connect(), conversationId);
    await soon(() => expect(following.seqs()).toEqual([1]));

    following.stop();

    await soon(() => expect([desk.deps.feeds.size, desk.listeners()]).toEqual([0, baseline]));
  });

  it('[FO8] the last of several to leave ends it, not the first', async () => {
    const { conversationId } = await newRoom(desk);
    const [first, second] = [follow(await connect(), conversationId), follow(await connect(), conversationId)];
    await soon(() => expect([first.seqs(), second.seqs()]).toEqual([[1], [1]]));
    first.stop();

    await say(desk, conversationId, 'still here');

    await soon(() => expect(second.seqs()).toEqual([1, 2]));
    expect(first.seqs()).toEqual([1]);
  });

  it('[FO8] many connections that come and break leave nothing behind (F4)', async () => {
    const { conversationId } = await newRoom(desk);
    for (const _round of upTo(5)) {
      const clients = await Promise.all(upTo(4).map(connect));
      const followings = clients.map((client) => follow(client, conversationId));
      await soon(() => expect(followings.map(({ seqs }) => seqs())).toEqual([[1], [1], [1], [1]]));
      for (const [index, client] of clients.entries()) {
        followings[index]!.stop();
        client.hangUp();
        client.close();
      }
    }

    await soon(() => expect([desk.deps.feeds.size, desk.listeners()]).toEqual([0, baseline]));
  });

  it('[FO9] a subscription stopped during the replay hears nothing more, and others go on', async () => {
    const { conversationId } = await longRoom(600);
    const client = await connect();
    const other = follow(client, conversationId);
    const stopped = follow(client, conversationId, { onEvent: ({ seq }) => seq === 10 && stopped.stop() });

    await soon(() => expect(other.seqs()).toEqual(upTo(600)));
    await say(desk, conversationId, 'afterwards');

    await soon(() => expect(other.seqs()).toEqual(upTo(601)));
    expect(stopped.seqs()).toEqual(upTo(10));
  });
});

/** A conversation with a long past. */
async function longRoom(length: number) {
  const room = await newRoom(desk, []);
  for (let done = 0; done < length; done += 200) {
    const page = upTo(Math.min(200, length - done)).map((index) => said(`w${done + index}`));
    await desk.deps.rooms.change(room, () => page);
  }
  return room;
}
