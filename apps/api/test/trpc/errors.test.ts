import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { appRouter, createCaller } from '../../src/trpc/appRouter.ts';
import { createContext } from '../../src/trpc/context.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { follow } from '../desk/following.ts';
import { message, newRoom, upTo } from '../desk/rooms.ts';

const records: { msg: string; correlationId?: string; err?: { message: string } }[] = [];
let desk: TestDesk;
let aoi: TestOperator;
let cookie: string;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped', records });
  aoi = await desk.operator('Aoi');
  cookie = await desk.cookieOf(aoi);
});
afterAll(() => desk.close());
beforeEach(() => {
  records.length = 0;
});

type Answer = {
  error: {
    message: string;
    data: { code: string; httpStatus: number; refusal: unknown; correlationId: string | null };
  };
};

async function ask(
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; text: string; error: Answer['error'] }> {
  const answer = await fetch(`${desk.url}/trpc/${path}`, {
    ...init,
    headers: { cookie, ...(init.body ? { 'content-type': 'application/json' } : {}), ...(init.headers as object) },
  });
  const text = await answer.text();
  return { status: answer.status, text, error: (JSON.parse(text) as Answer).error };
}

/** What a page asks before anybody is known: to be set up, joined, or given a new password. */
const OPEN = /^account\./;
const PROCEDURES = Object.keys(appRouter._def.procedures).filter((path) => !OPEN.test(path));

describe('Rights (RI)', () => {
  it.each(PROCEDURES)('[RI4] %s is UNAUTHORIZED for who is not signed in (A3, F8)', async (path) => {
    const nobody = createCaller(createContext(desk.deps, null)) as unknown as Record<
      string,
      Record<string, () => Promise<unknown>>
    >;
    const [group, name] = path.split('.') as [string, string];

    const call = nobody[group]![name]!();

    await expect(call).rejects.toMatchObject({ code: 'UNAUTHORIZED', cause: { refusal: { code: 'NOT_SIGNED_IN' } } });
  });

  it('[RI4] over HTTP it is 401', async () => {
    const { status, error } = await ask('me.get', { headers: { cookie: '' } });

    expect([status, error.data.refusal]).toEqual([401, { code: 'NOT_SIGNED_IN' }]);
  });

  it.each([
    ['operator', ['unassigned.see']],
    ['supervisor', ['unassigned.see', 'delivery.retryAny']],
    [
      'admin',
      [
        'unassigned.see',
        'delivery.retryAny',
        'teams.manage',
        'settings.manage',
        'channels.manage',
        'operators.manage',
        'keys.manage',
        'audit.read',
      ],
    ],
  ] as const)('[RI3] me.get names the rights of an %s', async (role, permissions) => {
    const { api, operatorId } = await desk.operator(`the ${role}`, role);

    expect(await api.me.get()).toMatchObject({ operatorId, role, permissions });
  });

  it('[RI5] settings are kept: only what is named changes', async () => {
    await aoi.api.me.changeSettings({ theme: 'dark' });

    await aoi.api.me.changeSettings({ locale: 'ja' });
    await aoi.api.me.changeSettings({ sound: { scope: 'mine', volume: 30 } });

    expect((await aoi.api.me.get()).settings).toEqual({
      locale: 'ja',
      theme: 'dark',
      sendKey: 'enter',
      sound: { scope: 'mine', volume: 30 },
    });
  });

  it('[RI5] changes of different things at the same time, from several tabs, are all kept (B10)', async () => {
    const { api } = await desk.operator('Of many tabs');
    const last = { locale: 'th', theme: 'light', sendKey: 'mod-enter', sound: { scope: 'off', volume: 5 } } as const;
    const { locale, theme, sendKey, sound } = last;
    const first = [
      { locale: null },
      { theme: 'dark' },
      { sendKey: 'enter' },
      { sound: { scope: 'mine', volume: 1 } },
    ] as const;

    for (const _round of upTo(5)) {
      for (const changes of [first, [{ locale }, { theme }, { sendKey }, { sound }]]) {
        await Promise.all(changes.map((change) => api.me.changeSettings(change)));
      }
      expect((await api.me.get()).settings).toEqual(last);
    }
  });
});

describe('Errors (ER)', () => {
  it('[ER1] a refusal travels as data, with what belongs to it (E1)', async () => {
    const { conversationId } = await desk.waiting();
    const ken = await desk.operator('Ken');
    await ken.api.room.claim({ conversationId });

    const { status, error } = await ask('room.claim', { method: 'POST', body: JSON.stringify({ conversationId }) });

    expect(status).toBe(409);
    expect(error.data).toMatchObject({
      code: 'CONFLICT',
      refusal: { code: 'ALREADY_CLAIMED', operatorId: ken.operatorId, name: 'Ken' },
      correlationId: null,
    });
    expect(records).toEqual([]);
  });

  it('[ER2] an input that does not fit lists what is wrong and where', async () => {
    const input = { conversationId: 'c', messageId: 'no uuid', content: { type: 'text', text: '' } };

    const { status, error } = await ask('room.send', { method: 'POST', body: JSON.stringify(input) });

    expect(status).toBe(400);
    expect(error.data.refusal).toMatchObject({
      code: 'INVALID',
      issues: expect.arrayContaining([
        expect.objectContaining({ path: 'messageId' }),
        expect.objectContaining({ path: 'content.text', code: 'too_small' }),
      ]),
    });
  });

  it.each(['{', '[]', '"text"', 'null', '12'])('[ER2] the input %s is INVALID (F2)', async (body) => {
    const { status, error } = await ask('room.claim', { method: 'POST', body });

    expect([status, error.data.refusal]).toMatchObject([400, { code: 'INVALID' }]);
    expect(records).toEqual([]);
  });

  const HALF = JSON.parse('"\\ud83d"') as string;
  const YEAR_0 = Buffer.from('["0000-01-01T00:00:00Z","c"]').toString('base64url');
  it.each([
    ['room.get', { conversationId: 'a\0b' }],
    ['room.get', { conversationId: HALF }],
    ['room.history', { conversationId: 'c', before: 2 ** 31 }],
    ['inbox.list', { view: 'all', cursor: YEAR_0 }],
  ])('[ER2] %s of what the database could not read is INVALID, and no fault: %j', async (path, input) => {
    const { status, error } = await ask(`${path}?input=${encodeURIComponent(JSON.stringify(input))}`);

    expect([status, error.data.refusal]).toMatchObject([400, { code: 'INVALID' }]);
    expect(records).toEqual([]);
  });

  it.each(['a\0b', HALF])(
    '[ER2] a reason and a note that could not be kept are INVALID, and no fault: %j',
    async (words) => {
      const { conversationId } = await newRoom(desk);
      await aoi.api.room.claim({ conversationId });
      const calls = {
        'room.close': { conversationId, reason: words },
        'room.transfer': { conversationId, to: 'x', note: words },
      };

      for (const [path, input] of Object.entries(calls)) {
        const { status, error } = await ask(path, { method: 'POST', body: JSON.stringify(input) });
        expect([path, status, error.data.refusal]).toMatchObject([path, 400, { code: 'INVALID' }]);
      }
      expect(records).toEqual([]);
    },
  );

  it('[ER3] a fault is INTERNAL with a number that finds it in the log, and nothing of its inside (F5)', async () => {
    const { pool } = desk.deps.db;
    await pool.query('alter table "InboxCount" rename to "Elsewhere"');

    const { status, error, text } = await ask('inbox.counts').finally(() =>
      pool.query('alter table "Elsewhere" rename to "InboxCount"'),
    );

    expect([status, error.message, error.data.refusal]).toEqual([500, 'INTERNAL', null]);
    expect(text).not.toMatch(/InboxCount|does not exist|select|stack/i);
    expect(error.data.correlationId).toEqual(expect.any(String));
    expect(records).toMatchObject([
      { correlationId: error.data.correlationId, err: { message: expect.stringContaining('InboxCount') } },
    ]);
  });

  it('[ER3] the log of a fault holds no text of a customer or an operator', async () => {
    const { conversationId } = await desk.waiting();
    await aoi.api.room.claim({ conversationId });
    const { pool } = desk.deps.db;
    await pool.query('alter table "Message" rename to "Elsewhere"');

    await aoi.api.room
      .send({ conversationId, ...message('a private word') })
      .catch(() => undefined)
      .finally(() => pool.query('alter table "Elsewhere" rename to "Message"'));

    expect(JSON.stringify(records)).not.toContain('a private word');
  });

  it('[ER4] a procedure that does not exist is NOT_FOUND, and no fault', async () => {
    const { status, error } = await ask('room.explode');

    expect([status, error.data.refusal]).toEqual([404, { code: 'NOT_FOUND' }]);
    expect(records).toEqual([]);
  });

  it.each([
    ['a mutation that is asked for like a query', 'room.claim', {}, 405],
    ['a query that is sent like a mutation', 'inbox.counts', { method: 'POST', body: '{}' }, 405],
    [
      'a body of another type',
      'room.claim',
      { method: 'POST', body: 'x=1', headers: { 'content-type': 'text/plain' } },
      415,
    ],
  ])('[ER4] %s is INVALID, and no fault', async (_what, path, init, expected) => {
    const { status, error } = await ask(path, init);

    expect([status, error.data.refusal]).toEqual([expected, { code: 'INVALID', issues: [] }]);
    expect(records).toEqual([]);
  });

  it('[ER4] more than twenty calls in one request are refused, and no fault', async () => {
    const paths = Array.from({ length: 21 }, () => 'operators.list').join(',');

    const answer = await fetch(`${desk.url}/trpc/${paths}?batch=1&input={}`, { headers: { cookie } });

    expect([answer.status, records]).toEqual([400, []]);
  });

  it('[ER4] a body over 128 KiB is 413', async () => {
    const body = JSON.stringify({ conversationId: 'x'.repeat(129 * 1024) });

    const answer = await fetch(`${desk.url}/trpc/room.claim`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body,
    });

    expect(answer.status).toBe(413);
  });

  it('[ER5] a fault inside a stream is INTERNAL with its number, too', async () => {
    const { conversationId } = await desk.waiting();
    const { pool } = desk.deps.db;
    await pool.query('alter table "Event" rename to "Elsewhere"');
    const client = await desk.connect(aoi);
    const problems: { message: string; correlationId: unknown }[] = [];
    client.api.room.follow.subscribe(
      { conversationId },
      {
        onError: ({ message: words, data }) =>
          problems.push({ message: words, correlationId: (data as { correlationId?: unknown }).correlationId }),
      },
    );

    await vi
      .waitFor(() => expect(problems).toHaveLength(1), WAIT)
      .finally(() => pool.query('alter table "Elsewhere" rename to "Event"'));

    expect(problems).toEqual([{ message: 'INTERNAL', correlationId: expect.any(String) }]);
    expect(records.some(({ correlationId }) => correlationId === problems[0]!.correlationId)).toBe(true);
    client.close();
  });

  it('[ER5] a refusal inside a stream travels as data', async () => {
    const client = await desk.connect(aoi);

    const following = follow(client, randomUUID());

    await vi.waitFor(() => expect(following.refusals).toEqual([{ code: 'NOT_FOUND' }]), WAIT);
    client.close();
  });

  it('[ER4] a path nobody serves is 404, and no fault', async () => {
    const answer = await fetch(`${desk.url}/nowhere`);

    expect([answer.status, records]).toEqual([404, []]);
  });
});
