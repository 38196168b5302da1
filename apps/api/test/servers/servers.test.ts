import {
  applyPresence,
  type InboxChange,
  type Notice,
  type OnDesk,
  type RoomMember,
  type RoomPresenceChanges,
  applyRoomPresence,
} from '@sala/contracts';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectRedis, type RedisClient } from '../../src/bus/redis.ts';
import type { TestClient } from '../desk/connect.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { follow } from '../desk/following.ts';
import { freezableLine } from '../desk/frozenLine.ts';
import { message, newRoom, refusalOf, said, say, textsOf } from '../desk/rooms.ts';

const redisUrl = process.env.TEST_REDIS_URL!;

/** Two servers of one desk. */
let one: TestDesk;
let two: TestDesk;
let aoi: TestOperator;
let ken: TestOperator;
let redis: RedisClient;
beforeAll(async () => {
  redis = await connectRedis(redisUrl, pino({ level: 'silent' }));
  one = await openDesk({ jobs: 'stopped', attendance: 'own', redisUrl });
  two = await openDesk({ jobs: 'stopped', attendance: 'own', redisUrl, beside: one });
  await hearEachOther(one, two);
  [aoi, ken] = [await one.operator('Aoi'), await one.operator('Ken')];
});
afterAll(async () => {
  await two.close();
  await one.close();
  await redis.close();
});

const clients: TestClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

const soon = (look: () => unknown) => vi.waitFor(look, WAIT);

const hearEachOther = (...desks: TestDesk[]) =>
  soon(() =>
    expect(desks.map(({ deps, peers }) => [deps.bus.health, peers() >= desks.length - 1])).toEqual(
      desks.map(() => ['whole', true]),
    ),
  );

async function connect(desk: TestDesk, operator: TestOperator): Promise<TestClient> {
  const client = await desk.connect(operator);
  clients.push(client);
  return client;
}

/** A list as the admin keeps it: what changed, and whether it has to be fetched again. */
async function followInbox(desk: TestDesk, operator: TestOperator) {
  const client = await connect(desk, operator);
  const changes: InboxChange[] = [];
  client.api.inbox.follow.subscribe({ view: 'all' }, { onData: (all) => changes.push(...all) });
  await soon(() => expect(changes).toHaveLength(1));
  return {
    changes,
    newest: (id: string) =>
      changes.flatMap((one) => (one.type === 'row' && one.row.conversationId === id ? [one.row.seq] : [])).at(-1),
  };
}

async function followDesk(desk: TestDesk, operator: TestOperator) {
  const client = await connect(desk, operator);
  let people: OnDesk[] = [];
  client.api.presence.follow.subscribe({}, { onData: (change) => (people = applyPresence(people, change)) });
  await soon(() => expect(people.length).toBeGreaterThan(0));
  return { client, names: () => people.map(({ name, availability }) => `${name} ${availability}`).toSorted() };
}

describe('Several servers (SV)', () => {
  it('[SV1] what one records is heard by those who follow the room on the other, in order and once (A5, A9, A11)', async () => {
    const { conversationId } = await newRoom(one, [said('one')]);
    const following = follow(await connect(two, aoi), conversationId);
    await soon(() => expect(textsOf(following.events)).toEqual(['one']));

    await say(one, conversationId, 'two', 'three');
    await say(two, conversationId, 'four');

    await soon(() => expect(textsOf(following.events)).toEqual(['one', 'two', 'three', 'four']));
  });

  it('[SV1] a reconnect that lands on the other server resumes where the first one stopped (A11, D9)', async () => {
    const { conversationId } = await newRoom(one, [said('one')]);
    const first = follow(await connect(one, aoi), conversationId);
    await soon(() => expect(textsOf(first.events)).toEqual(['one']));
    clients.pop()!.close();
    await say(two, conversationId, 'two');

    const second = follow(await connect(two, aoi), conversationId, { lastEventId: 1 });

    await say(one, conversationId, 'three');
    await soon(() => expect(textsOf(second.events)).toEqual(['two', 'three']));
  });

  it('[SV2] lists and counts on one follow what happens on the other (A9)', async () => {
    const list = await followInbox(two, aoi);

    const { conversationId } = await newRoom(one, [said('hello')]);

    await soon(() => expect(list.newest(conversationId)).toBe(1));
    await soon(() => expect(list.changes.at(-1)).toMatchObject({ type: 'counts' }));
  });

  it('[SV3] who is on the desk is the same on both, each operator once, with their own word on it (A4, A11)', async () => {
    const [here, there] = [await followDesk(one, aoi), await followDesk(two, ken)];
    await followDesk(two, aoi);
    await soon(() => expect([here.names(), there.names()]).toEqual([both('online'), both('online')]));

    // Said over a call that another server answers than the one the tabs are on.
    two.deps.presence.say(aoi, 'away');

    await soon(() => expect([here.names(), there.names()]).toEqual([both('away'), both('away')]));
    one.deps.presence.say(aoi, 'online');
    await soon(() => expect([here.names(), there.names()]).toEqual([both('online'), both('online')]));
  });
  const both = (availability: string) => [`Aoi ${availability}`, 'Ken online'];

  it('[SV3] who is in a room, views it and types is the same on both (A7, A11)', async () => {
    const { conversationId } = await newRoom(one);
    const looking = await connect(two, ken);
    let members: RoomMember[] = [];
    const hear = (change: RoomPresenceChanges) => (members = applyRoomPresence(members, change));
    looking.api.room.presence.subscribe({ conversationId, viewing: true }, { onData: hear });
    const typing = await connect(one, aoi);
    follow(typing, conversationId);
    await soon(() => expect(members).toEqual([{ operatorId: aoi.operatorId, viewing: false, typing: false }]));

    // The call goes to the server that the tab is not on.
    two.deps.presence.type(aoi, conversationId, true);

    await soon(() => expect(members).toEqual([{ operatorId: aoi.operatorId, viewing: false, typing: true }]));
    typing.close();
    await soon(() => expect(members).toEqual([]));
  });

  it('[SV3] what an operator said of themselves holds while any of their tabs is open, on whichever server (PR4)', async () => {
    const there = await followDesk(two, ken);
    const first = await followDesk(one, aoi);
    one.deps.presence.say(aoi, 'away');
    const second = await followDesk(two, aoi);
    await soon(() => expect(there.names()).toEqual(both('away')));

    first.client.close();
    await soon(() => expect(one.deps.presence.size).toBe(two.deps.presence.size));

    expect(second.names()).toEqual(both('away'));
    two.deps.presence.say(aoi, 'online');
    await soon(() => expect(there.names()).toEqual(both('online')));
  });

  it('[SV3] typing that was told to one server ends when its end is told to the other (C4)', async () => {
    const { conversationId } = await newRoom(one);
    using _here = one.enter(aoi, conversationId);
    let members: RoomMember[] = [];
    const hear = (change: RoomPresenceChanges) => (members = applyRoomPresence(members, change));
    (await connect(two, ken)).api.room.presence.subscribe({ conversationId }, { onData: hear });
    one.deps.presence.type(aoi, conversationId, true);
    await soon(() => expect(members).toMatchObject([{ typing: true }]));
    const said = Date.now();

    two.deps.presence.type(aoi, conversationId, false);

    await soon(() => expect(members).toMatchObject([{ typing: false }]));
    expect(Date.now() - said).toBeLessThan(2_000);
  });

  it('[SV4] a room that is open on one server is open for acts on the other (A8, NR1)', async () => {
    const { conversationId } = await one.waiting();
    expect(await refusalOf(caller(two, aoi).room.claim({ conversationId }))).toEqual({ code: 'NOT_IN_ROOM' });
    const following = follow(await connect(one, aoi), conversationId);
    await soon(() => expect(following.starts()).toBe(1));

    expect(await caller(two, aoi).room.claim({ conversationId })).toMatchObject({ session: { status: 'ACTIVE' } });
  });
  const caller = (desk: TestDesk, operator: TestOperator) => desk.callerFor(operator);

  it('[SV5] of operators on both servers who reach for a conversation at once, one gets it and the others learn who (B3)', async () => {
    const { conversationId } = await one.waiting();
    const people = await Promise.all(Array.from({ length: 10 }, (_, index) => one.operator(`Racer${index}`)));
    for (const person of people) one.enter(person, conversationId);

    const claims = await Promise.allSettled(
      people.map((person, index) => caller(index % 2 === 0 ? one : two, person).room.claim({ conversationId })),
    );

    const winner = people[claims.findIndex(({ status }) => status === 'fulfilled')]!;
    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const claim of claims.filter((each) => each.status === 'rejected')) {
      expect(await refusalOf(Promise.reject(claim.reason as Error))).toEqual({
        code: 'ALREADY_CLAIMED',
        operatorId: winner.operatorId,
        name: winner.name,
      });
    }
  });

  it('[SV6] a notice reaches its operator on the other server (A14)', async () => {
    const notices: Notice[] = [];
    (await connect(two, ken)).api.me.follow.subscribe({}, { onData: ({ data }) => notices.push(data) });
    await soon(() => expect(notices).toHaveLength(1));
    const { conversationId } = await one.waiting();
    one.enter(aoi, conversationId);
    await aoi.api.room.claim({ conversationId });

    await aoi.api.room.transfer({ conversationId, to: ken.operatorId, note: 'yours' });

    await soon(() => expect(notices.at(-1)).toMatchObject({ type: 'given', by: aoi.operatorId, note: 'yours' }));
  });

  it('[SV7] after its line to Redis broke, a server reads what it missed: events, lists, people (A11)', async () => {
    const { conversationId } = await newRoom(one, [said('one')]);
    const following = follow(await connect(two, aoi), conversationId);
    const list = await followInbox(two, aoi);
    const desk = await followDesk(two, ken);
    await soon(() => expect(textsOf(following.events)).toEqual(['one']));

    await redis.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
    await say(one, conversationId, 'two');
    await followDesk(one, aoi);

    await soon(() => expect(textsOf(following.events)).toEqual(['one', 'two']));
    await soon(() => expect(list.changes).toContainEqual({ type: 'resync' }));
    await soon(() => expect(desk.names()).toEqual(both('online')));
    await hearEachOther(one, two);
  });

  it('[SV7] who left while the line was broken is not here any more once it is back (A7, A10)', async () => {
    const { conversationId } = await newRoom(one);
    const here = two.enter(ken, conversationId);
    await soon(() => expect(one.deps.presence.isHere(ken.operatorId, conversationId)).toBe(true));

    await redis.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
    here[Symbol.dispose]();

    await soon(() => expect(one.deps.presence.isHere(ken.operatorId, conversationId)).toBe(false));
    await hearEachOther(one, two);
  });

  it('[SV8] a Redis that has forgotten everything has lost nothing of ours (A11)', async () => {
    const { conversationId } = await newRoom(one, [said('one')]);
    const following = follow(await connect(two, aoi), conversationId);
    await soon(() => expect(textsOf(following.events)).toEqual(['one']));

    await redis.flushAll();
    await say(one, conversationId, 'two');

    await soon(() => expect(textsOf(following.events)).toEqual(['one', 'two']));
  });

  it('[SV9] while Redis is frozen sends and local streams go on, acts are not refused, and everybody is told (A11)', async () => {
    const { conversationId } = await one.waiting();
    const following = follow(await connect(one, aoi), conversationId);
    const notices: Notice[] = [];
    (await connect(two, ken)).api.me.follow.subscribe({}, { onData: ({ data }) => notices.push(data) });
    await soon(() => expect(notices).toHaveLength(1));
    await redis.sendCommand(['CLIENT', 'PAUSE', '2000', 'ALL']);
    await soon(() => expect(notices.at(-1)).toEqual({ type: 'desk', build: null, health: 'degraded' }));

    await caller(two, aoi).room.claim({ conversationId });
    await caller(two, aoi).room.send({ conversationId, ...message('while it was away') });
    await say(one, conversationId, 'and so did they');

    await soon(() => expect(textsOf(following.events).slice(-2)).toEqual(['while it was away', 'and so did they']));
    await soon(() => expect(notices.at(-1)).toEqual({ type: 'desk', build: null, health: 'whole' }));
    await hearEachOther(one, two);
  });

  it('[SV9] who enters a room while Redis is frozen, and has not been noticed to be, is not refused at the other server', async () => {
    const { conversationId } = await one.waiting();
    await redis.sendCommand(['CLIENT', 'PAUSE', '1500', 'ALL']);
    using _here = one.enter(aoi, conversationId);

    expect(await caller(two, aoi).room.claim({ conversationId })).toMatchObject({ session: { status: 'ACTIVE' } });
    await hearEachOther(one, two);
  });

  it('[SV9] lists go on while Redis is away, some seconds late (A11)', async () => {
    const lonely = await openDesk({ jobs: 'stopped', redisUrl: 'redis://127.0.0.1:1', beside: one });
    const list = await followInbox(lonely, ken);

    await newRoom(one, [said('recorded where nobody hears it')]);

    await vi.waitFor(() => expect(list.changes).toContainEqual({ type: 'resync' }), { ...WAIT, timeout: 15_000 });
    await lonely.close();
  });

  it('[SV12] a line to Redis on which nothing comes through is given up and dialled again (A11)', async () => {
    const line = await freezableLine(new URL(redisUrl));
    const three = await openDesk({ jobs: 'stopped', redisUrl: line.url, beside: one });
    await hearEachOther(one, two, three);

    line.freeze();

    await soon(() => expect(three.deps.bus.health).toBe('degraded'));
    await vi.waitFor(() => expect(three.deps.bus.health).toBe('whole'), { ...WAIT, timeout: 20_000 });
    await three.close();
    line.close();
  }, 40_000);

  it('[SV10] of a server that dies without a goodbye, people are gone and lists are read again within 10 s (A7)', async () => {
    const three = await openDesk({ jobs: 'stopped', attendance: 'own', redisUrl, beside: one });
    await hearEachOther(one, two, three);
    const desk = await followDesk(two, ken);
    const list = await followInbox(two, ken);
    await followDesk(three, aoi);
    await soon(() => expect(desk.names()).toEqual(both('online')));

    three.vanish();

    await soon(() => expect(desk.names()).toEqual(['Ken online']));
    await soon(() => expect(list.changes).toContainEqual({ type: 'resync' }));
    await three.close();
  });

  it('[SV11] desks that share a Redis do not hear each other', async () => {
    const other = await openDesk({ jobs: 'stopped', attendance: 'own', redisUrl });
    const stranger = await other.operator('Stranger');
    const desk = await followDesk(one, aoi);
    await followDesk(other, stranger);

    await followDesk(two, ken);

    await soon(() => expect(desk.names()).toEqual(both('online')));
    expect(other.peers()).toBe(0);
    await other.close();
  });
});
