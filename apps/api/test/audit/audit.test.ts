import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type TestDesk, type TestOperator } from '../desk/desk.ts';

let desk: TestDesk;
let admin: TestOperator;
let aoi: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  admin = await desk.operator('Nok', 'admin');
  aoi = await desk.operator('Aoi');
});
afterAll(() => desk.close());

const refusal = (code: string) => ({ cause: { refusal: { code } } });
const linesOf = async (subjectId: string) => (await admin.api.audit.list({ subjectId })).entries.toReversed();

const ask = async (path: string, headers: Record<string, string>) => {
  const answer = await fetch(`${desk.url}${path}`, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

describe('Audit log (AU)', () => {
  it('[AU1] the database refuses to change a line, to delete it, and to empty the log, whoever asks', async () => {
    await admin.api.operators.addService({ name: 'Bot', role: 'operator' });
    const { pool } = desk.deps.db;

    for (const sql of [
      `update "AuditEntry" set action = 'x'`,
      'delete from "AuditEntry"',
      'truncate "AuditEntry"',
      'truncate "AuditEntry" cascade',
    ])
      await expect(pool.query(sql)).rejects.toThrow('the audit log is only added to');
    expect((await admin.api.audit.list({})).entries.length).toBeGreaterThan(0);
  });

  it('[AU2] a claim, a transfer and a close have a line each: who, how, from where, before and after', async () => {
    const ken = await desk.operator('Ken');
    const { conversationId } = await desk.waiting('Somchai');
    const client = await desk.connect(aoi);
    desk.everybodyIn(conversationId);

    await client.api.room.claim.mutate({ conversationId });
    await aoi.api.room.transfer({ conversationId, to: ken.operatorId, note: 'a private word' });
    await ken.api.room.close({ conversationId, reason: 'another private word' });
    client.close();

    const lines = await linesOf(conversationId);
    expect(lines).toMatchObject([
      {
        action: 'session.claimed',
        actor: { operatorId: aoi.operatorId, name: 'Aoi' },
        via: 'signIn',
        subject: { type: 'conversation', id: conversationId },
        before: { status: 'WAITING', operatorId: null },
        after: { status: 'ACTIVE', operatorId: aoi.operatorId },
        address: '127.0.0.1',
      },
      {
        action: 'session.transferred',
        via: 'system',
        before: { operatorId: aoi.operatorId },
        after: { operatorId: ken.operatorId },
      },
      {
        action: 'session.closed',
        actor: { name: 'Ken' },
        before: { operatorId: ken.operatorId },
        after: { status: 'CLOSED' },
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('private word');
  });

  it('[AU2] so has a conversation that is given to a team', async () => {
    const { conversationId } = await desk.waiting('Ploy');
    const { teamId } = await admin.api.teams.add({ name: 'Returns' });

    await admin.api.room.assignTeam({ conversationId, teamId });

    expect(await linesOf(conversationId)).toMatchObject([
      { action: 'conversation.teamed', actor: { name: 'Nok' }, before: { teamId: null }, after: { teamId } },
    ]);
  });

  it('[AU2] of ten who reach for a conversation at once one has a line', async () => {
    const { conversationId } = await desk.waiting('Mali');
    const people = await Promise.all(Array.from({ length: 10 }, (_, index) => desk.operator(`P${index}`)));

    await Promise.allSettled(people.map(({ api }) => api.room.claim({ conversationId })));

    expect((await linesOf(conversationId)).map(({ action }) => action)).toEqual(['session.claimed']);
  });

  it('[AU2] an act whose line cannot be written is not done', async () => {
    const { conversationId } = await desk.waiting('Noi');
    const { pool } = desk.deps.db;
    await pool.query(`alter table "AuditEntry" add constraint no_claims check (action <> 'session.claimed') not valid`);

    await expect(aoi.api.room.claim({ conversationId })).rejects.toThrow();

    await pool.query('alter table "AuditEntry" drop constraint no_claims');
    expect((await desk.log(conversationId)).some(({ fact }) => fact.type === 'session.claimed')).toBe(false);
  });

  it('[AU3] keys, service accounts, people and channels leave their lines, without a secret', async () => {
    const { key, secret } = await aoi.api.keys.add({ name: 'mine', scopes: ['read'], days: 1 });
    await aoi.api.keys.remove({ keyId: key.keyId });
    const [channel] = await admin.api.channels.list();
    await admin.api.channels.configureBot({
      channelId: channel!.channelId,
      bot: { ...channel!.bot, keywords: ['somebody'] },
    });

    const lines = [...(await linesOf(key.keyId)), ...(await linesOf(channel!.channelId))];
    expect(lines).toMatchObject([
      { action: 'key.added', actor: { name: 'Aoi' }, after: { scopes: ['read'] } },
      { action: 'key.removed', before: { scopes: ['read'] } },
      { action: 'channel.changed', before: { bot: channel!.bot }, after: { bot: { keywords: ['somebody'] } } },
    ]);
    expect(JSON.stringify(lines)).not.toContain(secret.slice(12));
  });

  it('[AU4] the log is read by admins alone', async () => {
    const boss = await desk.operator('Boss', 'supervisor');
    for (const { api } of [aoi, boss]) await expect(api.audit.list({})).rejects.toMatchObject(refusal('NOT_ALLOWED'));
    for (const operator of [aoi, boss]) {
      const { status, text } = await ask('/audit.csv', { cookie: await desk.cookieOf(operator) });
      expect([status, JSON.parse(text)]).toEqual([403, { error: { code: 'NOT_ALLOWED' } }]);
    }
    expect((await ask('/audit.csv', {})).status).toBe(401);
  });

  it('[AU5] pages follow each other without a gap, the newest first, also when lines come in between', async () => {
    const before = (await admin.api.audit.list({ limit: 100 })).entries.map(({ entryId }) => entryId);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.api.audit.list({ limit: 3, ...(cursor && { cursor }) });
      seen.push(...page.entries.map(({ entryId }) => entryId));
      cursor = page.nextCursor ?? undefined;
      await admin.api.operators.addService({ name: 'In between', role: 'operator' });
    } while (cursor);

    expect(seen).toEqual(before);
  });

  it('[AU5] lines are found by action, actor, subject, time, and words of a name', async () => {
    const service = await admin.api.operators.addService({ name: 'Ünïque 100% _name_', role: 'operator' });
    const [line] = await linesOf(service.operatorId);
    const found = async (query: Parameters<typeof admin.api.audit.list>[0]) =>
      (await admin.api.audit.list(query)).entries.some(({ entryId }) => entryId === line!.entryId);

    expect(await found({ actions: ['account.added'], actorId: admin.operatorId })).toBe(true);
    expect(await found({ text: '100% _NAME' })).toBe(true);
    expect(await found({ from: line!.at })).toBe(true);
    expect(await found({ actions: ['key.added'] })).toBe(false);
    expect(await found({ actorId: aoi.operatorId })).toBe(false);
    expect(await found({ text: '%' })).toBe(true);
    expect(await found({ text: '100_' })).toBe(false);
    expect(await found({ until: line!.at })).toBe(false);
  });

  it.each([
    { cursor: 'garbage' },
    { cursor: Buffer.from('["0000-01-01T00:00:00.000Z","1"]').toString('base64url') },
    { cursor: Buffer.from(`["2026-01-01T00:00:00.000Z","${'9'.repeat(30)}"]`).toString('base64url') },
    { text: '\0' },
    { from: '0000-01-01T00:00:00.000Z' },
  ])('[AU5] what cannot be looked for is INVALID: %j', async (query) => {
    const { status, text } = await ask(`/trpc/audit.list?input=${encodeURIComponent(JSON.stringify(query))}`, {
      cookie: await desk.cookieOf(admin),
    });
    expect([status, text]).toEqual([400, expect.stringContaining('"INVALID"')]);
  });

  it('[AU7] the log is taken away as a file, and that is written down', async () => {
    const evil = await admin.api.operators.addService({ name: '=HYPERLINK("http://evil.test")', role: 'operator' });

    const { status, headers, text } = await ask(`/audit.csv?subjectId=${evil.operatorId}&actions=account.added`, {
      cookie: await desk.cookieOf(admin),
    });

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/);
    expect(headers.get('cache-control')).toBe('no-store');
    const [head, line, ...rest] = text.split('\r\n');
    expect(head).toBe('time,action,actor,actor id,via,subject type,subject,subject id,before,after,address');
    expect(line).toContain(`"'=HYPERLINK(""http://evil.test"")"`);
    expect(rest).toEqual(['']);
    expect((await admin.api.audit.list({ actions: ['audit.exported'] })).entries[0]).toMatchObject({
      actor: { operatorId: admin.operatorId },
      via: 'signIn',
      after: { subjectId: evil.operatorId },
    });
  });

  it('[AU7] a key with the scope audit takes it away, too; one without does not', async () => {
    const program = async (scopes: ('audit' | 'read')[]) =>
      (await admin.api.keys.add({ name: 'export', scopes, days: 1 })).secret;

    const { status, text } = await ask('/audit.csv', { 'x-api-key': await program(['audit']) });
    const refused = await ask('/audit.csv', { 'x-api-key': await program(['read']) });

    const { entries } = await admin.api.audit.list({ limit: 100 });
    expect([status, refused.status]).toEqual([200, 403]);
    // All of it but what came since: the line of the export, and the second key's.
    expect(text.split('\r\n').length - 2).toBe(entries.length - 2);
  });

  it('[AU7] a query that cannot be is refused before a file begins', async () => {
    const { status, headers, text } = await ask('/audit.csv?actions=nothing', { cookie: await desk.cookieOf(admin) });
    expect([status, headers.get('content-disposition')]).toEqual([400, null]);
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'INVALID' } });
  });

  it('[AU8] a rebuild of the projections writes no line anew', async () => {
    const { rebuild } = await import('../../src/log/rebuild.ts');
    const count = async () =>
      (await desk.deps.db.pool.query<{ count: string }>('select count(*) from "AuditEntry"')).rows[0]!.count;
    const before = await count();

    await rebuild(desk.deps.db);

    expect(await count()).toBe(before);
  });
});
