import { type ConversationId, InboxView, type InboxChange, type Operator } from '@sala/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { asIdentity } from '../../src/auth/identity.ts';
import { createCaller } from '../../src/trpc/appRouter.ts';
import { createContext } from '../../src/trpc/context.ts';
import type { TestClient } from '../desk/connect.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { follow } from '../desk/following.ts';
import { message, refusalOf, said, say } from '../desk/rooms.ts';
import { inTeams, newTeam, teamed, teamRoom } from '../desk/teams.ts';

let desk: TestDesk;
/** In the team, in another one, and in none. */
let [aoi, ken, mei]: TestOperator[] = [];
let chief: TestOperator;
let admin: TestOperator;
let sales: string;
let repairs: string;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  [aoi, ken, mei] = [await desk.operator('Aoi'), await desk.operator('Ken'), await desk.operator('Mei')];
  chief = await desk.operator('Chief', 'supervisor');
  admin = await desk.operator('Admin', 'admin');
  sales = await newTeam(desk, 'Sales', [aoi]);
  repairs = await newTeam(desk, 'Repairs', [ken, chief]);
});
afterAll(() => desk.close());

const clients: TestClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
async function connect(operator: TestOperator): Promise<TestClient> {
  const client = await desk.connect(operator);
  clients.push(client);
  return client;
}

/** Each act and question about a conversation, with an input that would be right for the one who holds it. */
const ABOUT_A_ROOM = {
  get: (api, room) => api.room.get(room),
  history: (api, room) => api.room.history({ ...room, before: 10 }),
  typing: (api, room) => api.room.typing({ ...room, typing: true }),
  claim: (api, room) => api.room.claim(room),
  send: (api, room) => api.room.send({ ...room, ...message('hello') }),
  retry: (api, room) => api.room.retry({ ...room, messageId: 'm' }),
  transfer: (api, room) => api.room.transfer({ ...room, to: ken!.operatorId, note: '' }),
  close: (api, room) => api.room.close(room),
  assignTeam: (api, room) => api.room.assignTeam({ ...room, teamId: repairs }),
  customer: (api, room) => api.customer.get(room),
  follow: async (api, room) => first(await api.room.follow({ ...room, lastEventId: 0 })),
  presence: async (api, room) => first(await api.room.presence(room)),
} satisfies Record<string, (api: Api, room: { conversationId: ConversationId }) => Promise<unknown>>;
type Api = ReturnType<typeof inTeams>;

async function first(stream: AsyncIterable<unknown>): Promise<unknown> {
  for await (const word of stream) return word;
  return null;
}

const answerOf = (asked: Promise<unknown>) => refusalOf(asked).then((refusal) => JSON.stringify(refusal));

describe('Rights (RT)', () => {
  it.each(Object.keys(ABOUT_A_ROOM) as (keyof typeof ABOUT_A_ROOM)[])(
    '[RT2] what one does not see is answered as what is not there: %s',
    async (act) => {
      const seen = await teamRoom(desk, sales, aoi);
      const asked = ABOUT_A_ROOM[act];
      const strangers = [inTeams(desk, ken!, repairs), inTeams(desk, chief, repairs), inTeams(desk, mei!)];

      for (const api of strangers) {
        const [foreign, unknown] = [
          await answerOf(asked(api, seen)),
          await answerOf(asked(api, { conversationId: 'nobody' })),
        ];
        expect([foreign, unknown]).toEqual(['{"code":"NOT_FOUND"}', '{"code":"NOT_FOUND"}']);
      }
    },
  );

  it('[RT2] who names a message of a room that they do not see is not told it', async () => {
    const room = await teamRoom(desk, sales, aoi);
    const sent = message('for the customer alone');
    await inTeams(desk, aoi!, sales).room.send({ ...room, ...sent });

    const refusal = await refusalOf(inTeams(desk, ken!, repairs).room.send({ ...room, ...sent }));

    expect(refusal).toEqual({ code: 'NOT_FOUND' });
  });

  it('[RT2] who holds a conversation of another team acts on it', async () => {
    const room = await teamRoom(desk, sales, ken);
    const api = inTeams(desk, ken!, repairs);

    await api.room.send({ ...room, ...message('hello') });
    const { session } = await api.room.close(room);

    expect(session).toMatchObject({ status: 'CLOSED' });
    expect(await refusalOf(api.room.get(room))).toEqual({ code: 'NOT_FOUND' });
  });

  it.each([
    ['everybody', true],
    ['supervisors', false],
  ] as const)('[RT1] the conversations of no team are seen by %s', async (unassigned, byOperators) => {
    const room = await teamRoom(desk, null);
    await admin.api.settings.change({ unassigned });
    const seesIt = (api: Api) =>
      api.room.get(room).then(
        () => true,
        () => false,
      );

    expect(await seesIt(inTeams(desk, mei!))).toBe(byOperators);
    expect(await seesIt(inTeams(desk, chief, repairs))).toBe(true);
    expect(await seesIt(inTeams(desk, admin))).toBe(true);
    expect((await inTeams(desk, mei!).me.get()).permissions.includes('unassigned.see')).toBe(byOperators);
    await admin.api.settings.change({ unassigned: 'everybody' });
  });

  it('[RT3] lists and counts are of what one sees: page by page, and equal to each other', async () => {
    for (const teamId of [sales, repairs, null]) {
      for (const heldBy of [undefined, aoi, ken]) await teamRoom(desk, teamId, heldBy);
    }
    const eyes: [Operator, string[]][] = [
      [aoi!, [sales]],
      [ken!, [repairs]],
      [mei!, []],
      [mei!, [sales, repairs]],
      [chief, [repairs]],
      [admin, []],
    ];

    for (const [operator, teamIds] of eyes) {
      const api = inTeams(desk, operator, ...teamIds);
      const everything = await idsIn(inTeams(desk, admin), 'all');
      const seen = await filter(everything, (id) =>
        api.room.get({ conversationId: id }).then(
          () => true,
          () => false,
        ),
      );
      const counts = await api.inbox.counts();
      expect((await idsIn(api, 'all')).toSorted()).toEqual(seen.toSorted());
      for (const view of InboxView.options) {
        const ids = await idsIn(api, view);
        expect([view, ids.length, new Set(ids).size]).toEqual([view, counts[view], counts[view]]);
        expect(ids.filter((id) => !seen.includes(id))).toEqual([]);
      }
    }
  });

  it('[RT4] a list hears only what its follower sees; what leaves their sight is gone', async () => {
    const changes: Record<string, InboxChange[]> = {};
    for (const one of [aoi!, ken!, mei!, chief, admin]) {
      const { api } = await connect(one);
      const heard: InboxChange[] = (changes[one.name] = []);
      api.inbox.follow.subscribe({ view: 'all' }, { onData: (all) => void heard.push(...all) });
      await vi.waitFor(() => expect(heard).toHaveLength(1), WAIT);
    }
    const told = (conversationId: ConversationId) =>
      Object.fromEntries(
        Object.entries(changes).map(([name, heard]) => {
          const about = heard.filter((one) => idOf(one) === conversationId);
          return [name, about.map(({ type }) => type)];
        }),
      );

    const { conversationId } = await teamRoom(desk, sales);
    await vi.waitFor(() => expect(told(conversationId)['Admin']).toEqual(['row']), WAIT);
    expect(told(conversationId)).toEqual({ Aoi: ['row'], Ken: [], Mei: [], Chief: [], Admin: ['row'] });

    await desk.deps.rooms.change({ conversationId }, () => [teamed(repairs)]);
    await vi.waitFor(() => expect(told(conversationId)['Aoi']).toEqual(['row', 'gone']), WAIT);
    expect(told(conversationId)).toMatchObject({ Ken: ['row'], Chief: ['row'], Mei: [], Admin: ['row', 'row'] });

    await say(desk, conversationId, 'for the repairs alone');
    await vi.waitFor(() => expect(told(conversationId)['Ken']).toEqual(['row', 'row']), WAIT);
    expect(JSON.stringify([changes['Aoi'], changes['Mei']])).not.toContain('for the repairs alone');
  });

  it('[RT5] a room that leaves the sight of who follows it ends for them, and so does who is in it: over a socket', async () => {
    const { conversationId } = await teamRoom(desk, sales);
    const client = await connect(aoi!);
    const [heard, ends]: unknown[][] = [[], []];
    const following = follow(client, conversationId, { onEvent: (event) => heard!.push(event) });
    client.api.room.presence.subscribe(
      { conversationId },
      { onData: (all) => heard!.push(...all), onError: ({ data }) => ends!.push(data?.refusal) },
    );
    await vi.waitFor(() => expect(heard!.length).toBeGreaterThanOrEqual(4), WAIT);
    await say(desk, conversationId, 'still theirs');
    await vi.waitFor(() => expect(JSON.stringify(heard)).toContain('still theirs'), WAIT);

    await desk.deps.rooms.change({ conversationId }, () => [teamed(repairs)]);
    await say(desk, conversationId, 'for the repairs alone');
    const watcher = follow(await connect(admin), conversationId);
    await vi.waitFor(() => expect(JSON.stringify(watcher.events)).toContain('for the repairs alone'), WAIT);
    await vi.waitFor(() => expect([...following.refusals, ...ends!]).toHaveLength(2), WAIT);

    expect([...following.refusals, ...ends!]).toEqual([{ code: 'NOT_FOUND' }, { code: 'NOT_FOUND' }]);
    expect(JSON.stringify(heard)).not.toContain(repairs);
    expect(JSON.stringify(heard)).not.toContain('for the repairs alone');
  });

  it('[RT5] so it does where there is no socket', async () => {
    const { conversationId } = await teamRoom(desk, sales);
    const heard: unknown[] = [];
    const stream = await inTeams(desk, aoi!, sales).room.follow({ conversationId, lastEventId: 0 });
    const reading = (async () => {
      for await (const word of stream) heard.push(word);
    })();
    await vi.waitFor(() => expect(heard).toHaveLength(3), WAIT);

    await desk.deps.rooms.change({ conversationId }, () => [teamed(repairs), said('for the repairs alone')]);

    expect(await refusalOf(reading)).toEqual({ code: 'NOT_FOUND' });
    expect(heard).toHaveLength(3);
  });

  it('[RT5] who resumes a room that has left their sight is told nothing of it', async () => {
    const { conversationId } = await teamRoom(desk, sales);
    await desk.deps.rooms.change({ conversationId }, () => [teamed(repairs), teamed(sales), teamed(repairs)]);

    const following = follow(await connect(aoi!), conversationId);
    await vi.waitFor(() => expect(following.refusals).toEqual([{ code: 'NOT_FOUND' }]), WAIT);

    expect(following.events).toEqual([]);
  });

  it('[RT2] who missed being given what has left their sight since is not told of it any more', async () => {
    const room = await teamRoom(desk, sales, admin);
    const [kept, taken] = [
      { by: 'a', note: 'kept' },
      { by: 'a', note: 'taken' },
    ];
    const given = { type: 'given' as const, customerName: 'Somchai' };
    const { conversationId } = await teamRoom(desk, repairs);
    desk.deps.notices.give(aoi!.operatorId, { ...given, ...kept, ...room });
    desk.deps.notices.give(aoi!.operatorId, { ...given, ...taken, conversationId });
    const heard: unknown[] = [];
    const over = new AbortController();
    const api = createCaller(createContext(desk.deps, asIdentity(aoi!, [sales])), { signal: over.signal });

    for await (const word of await api.me.follow({ lastEventId: '0' })) {
      heard.push(word);
      if (JSON.stringify(word).includes('kept')) setTimeout(() => over.abort(), 100);
    }

    expect(JSON.stringify(heard)).toContain('kept');
    expect(JSON.stringify(heard)).not.toContain('taken');
  });

  it('[RT6] a conversation is not transferred to somebody who would not see it', async () => {
    const room = await teamRoom(desk, sales, aoi);
    const api = inTeams(desk, aoi!, sales);

    const refusal = await refusalOf(api.room.transfer({ ...room, to: ken!.operatorId, note: '' }));
    const { session } = await api.room.transfer({ ...room, to: admin.operatorId, note: '' });

    expect(refusal).toMatchObject({ code: 'INVALID', issues: [{ path: 'to', code: 'cannotSee' }] });
    expect(session).toMatchObject({ operatorId: admin.operatorId });
  });
});

async function idsIn(api: Api, view: InboxView): Promise<ConversationId[]> {
  const ids: ConversationId[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.inbox.list({ view, limit: 4, ...(cursor && { cursor }) });
    ids.push(...page.rows.map(({ conversationId }) => conversationId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return ids;
}

async function filter<T>(all: T[], keeps: (one: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(all.map(keeps));
  return all.filter((_, index) => kept[index]);
}

function idOf(change: InboxChange): ConversationId | null {
  if (change.type === 'row') return change.row.conversationId;
  return change.type === 'gone' ? change.conversationId : null;
}
