import { randomUUID } from 'node:crypto';
import { CustomerView, InboxPage, RoomEvent, RoomView } from '@sala/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROUTES } from '../../src/publicApi/routes.ts';
import { openDesk, type TestDesk, type TestOperator } from '../desk/desk.ts';

let desk: TestDesk;
let aoi: TestOperator;
let key: string;
const records: object[] = [];
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped', attendance: 'own', records });
  aoi = await desk.operator('Aoi', 'admin');
  key = (await aoi.api.keys.add({ name: 'bot', scopes: ['read', 'write', 'manage', 'audit'], days: 1 })).secret;
});
afterAll(() => desk.close());

type Asked = { method?: string; body?: unknown; headers?: Record<string, string> };

/** One call of the public API, with the key unless other headers are named. */
async function call(path: string, { method = 'GET', body, headers = { 'x-api-key': key } }: Asked = {}) {
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null,
  };
}

describe('Public API (AP)', () => {
  it('[AP1] a conversation is found, claimed, answered, passed on and closed over plain HTTP', async () => {
    const { conversationId } = await desk.waiting('Somchai');
    const ken = await desk.operator('Ken');
    const room = `/conversations/${conversationId}`;

    const { json: me } = await call('/me');
    const page = InboxPage.parse((await call('/inbox?view=waiting&limit=100')).json);
    const claimed = await call(`${room}/claim`, { method: 'POST' });
    const messageId = randomUUID();
    const message = { messageId, content: { type: 'text', text: 'Sawasdee ครับ' } };
    const sent = RoomEvent.parse((await call(`${room}/messages`, { method: 'POST', body: message })).json);
    const again = RoomEvent.parse((await call(`${room}/messages`, { method: 'POST', body: message })).json);
    const view = RoomView.parse((await call(room)).json);
    const history = z.array(RoomEvent).parse((await call(`${room}/events?before=${view.seq + 1}&limit=2`)).json);
    const given = await call(`${room}/transfer`, { method: 'POST', body: { to: ken.operatorId } });
    const closed = await call(`${room}/close`, { method: 'POST', body: {} });
    const customer = CustomerView.parse((await call(`${room}/customer`)).json);

    expect(me).toMatchObject({ operatorId: aoi.operatorId });
    expect(page.rows.map((row) => row.conversationId)).toContain(conversationId);
    expect(claimed.json).toMatchObject({ session: { status: 'ACTIVE', operatorId: aoi.operatorId } });
    expect(sent.fact).toMatchObject({ type: 'operator.wrote', messageId });
    expect(again).toEqual(sent);
    expect(history).toHaveLength(2);
    expect([given.json.session.operatorId, closed.json.session.status]).toEqual([ken.operatorId, 'CLOSED']);
    expect(customer.sessions).toHaveLength(1);
  });

  it.each([
    ['/inbox?view=nothing', 400, 'INVALID'],
    ['/inbox?view=waiting&limit=many', 400, 'INVALID'],
    ['/inbox?view=waiting&limit=1&limit=2', 400, 'INVALID'],
    ['/inbox?view=waiting&foreign=1', 400, 'INVALID'],
    ['/inbox?view=waiting&__proto__=1', 400, 'INVALID'],
    ['/conversations/unknown', 404, 'NOT_FOUND'],
    [`/conversations/${'x'.repeat(65)}`, 400, 'INVALID'],
    ['/conversations/%00', 400, 'INVALID'],
    ['/conversations/%2e%2e%2fme', 404, 'NOT_FOUND'],
    ['/nothing', 404, 'NOT_FOUND'],
    ['/constructor', 404, 'NOT_FOUND'],
  ])('[AP2] what is asked wrongly is refused in the words of the desk: %s', async (path, status, code) => {
    const answer = await call(path);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  it.each([
    ['no JSON', '{', 400, 'INVALID'],
    ['a list', [], 400, 'INVALID'],
    ['a text', '"text"', 400, 'INVALID'],
    ['a field too many', { reason: 'x', foreign: 1 }, 400, 'INVALID'],
    ['a polluted prototype', '{"__proto__":{"admin":true}}', 400, 'INVALID'],
    ['a deep body', `{"reason":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 400, 'INVALID'],
    ['too much', { reason: 'x'.repeat(200_000) }, 413, 'TOO_LARGE'],
  ])('[AP2] and so is a body of %s', async (_what, body, status, code) => {
    const answer = await call('/conversations/unknown/close', { method: 'POST', body });
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  it('[AP2] two who claim: one gets it, the other is told who', async () => {
    const { conversationId } = await desk.waiting('Mali');
    const mei = await desk.operator('Mei');
    const { secret } = await mei.api.keys.add({ name: 'bot', scopes: ['write'], days: 1 });
    await call(`/conversations/${conversationId}/claim`, { method: 'POST' });

    const late = await call(`/conversations/${conversationId}/claim`, {
      method: 'POST',
      headers: { 'x-api-key': secret },
    });

    expect(late.status).toBe(409);
    expect(late.json).toEqual({ error: { code: 'ALREADY_CLAIMED', operatorId: aoi.operatorId, name: 'Aoi' } });
  });

  it('[AP2] a key without the scope is NOT_ALLOWED', async () => {
    const { secret } = await aoi.api.keys.add({ name: 'reader', scopes: ['read'], days: 1 });
    const answer = await call('/conversations/x/claim', { method: 'POST', headers: { 'x-api-key': secret } });
    expect([answer.status, answer.json]).toEqual([403, { error: { code: 'NOT_ALLOWED' } }]);
  });

  it('[AP3] a fault answers a number that finds it in the log, and nothing else', async () => {
    await desk.deps.db.pool.query('alter table "InboxCount" rename to "Elsewhere"');
    const { status, json, text } = await call('/inbox/counts');
    await desk.deps.db.pool.query('alter table "Elsewhere" rename to "InboxCount"');

    expect([status, json]).toEqual([500, { error: { code: 'INTERNAL', correlationId: expect.any(String) } }]);
    expect(text).not.toContain('InboxCount');
    expect(records).toContainEqual(expect.objectContaining({ correlationId: json.error.correlationId }));
  });

  it('[AP4] only a key acts; a browser that is signed in may look; nobody else does either', async () => {
    const cookie = { cookie: await desk.cookieOf(aoi), origin: desk.publicUrl };
    const act = (headers: Record<string, string>) => call('/conversations/x/claim', { method: 'POST', headers });

    expect((await call('/me', { headers: cookie })).status).toBe(200);
    expect((await call('/me', { headers: {} })).json).toEqual({ error: { code: 'NOT_SIGNED_IN' } });
    expect((await act(cookie)).json).toEqual({ error: { code: 'NOT_SIGNED_IN' } });
    expect((await act({})).status).toBe(401);
    expect((await act({ 'x-api-key': key, origin: 'https://evil.test' })).status).toBe(403);
  });

  it('[AP5] the description is OpenAPI 3.1 of exactly what is served, and every call names its scope', async () => {
    const { status, json } = await call('/openapi.json', { headers: {} });

    expect([status, json.openapi]).toEqual([200, '3.1.0']);
    const operations = Object.entries<Record<string, { operationId: string; description: string }>>(json.paths).flatMap(
      ([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(operations.map(({ operationId }) => operationId)).toEqual(ROUTES.map(({ procedure }) => procedure));
    for (const { description } of operations) expect(description).toMatch(/`(read|write|manage|audit)`/);
    for (const { path, method } of operations) {
      const answer = await call(path.replaceAll(/\{\w+\}/g, 'x'), { method: method.toUpperCase(), headers: {} });
      expect([path, answer.status]).toEqual([path, 401]);
    }
    const refs = [...JSON.stringify(json).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name!,
    );
    expect(refs.filter((name) => !(name in json.components.schemas))).toEqual([]);
  });

  it('[AP6] the page of the description has no script and no style of its own, and needs no key', async () => {
    const { status, headers, text } = await call('/docs', { headers: {} });
    const styles = await call('/docs.css', { headers: {} });

    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).not.toMatch(/<script|<style|style=|\son\w+=|javascript:/i);
    for (const { procedure } of ROUTES) expect(text).toContain(`id="${procedure}"`);
    expect([styles.status, styles.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});

describe('Public API (AP), limits', () => {
  let small: TestDesk;
  beforeAll(async () => {
    small = await openDesk({ jobs: 'stopped', maxCalls: 3 });
  });
  afterAll(() => small.close());

  it('[AP7] its calls count with those of the key, and say when to come again', async () => {
    const tan = await small.operator('Tan');
    const { secret } = await tan.api.keys.add({ name: 'bot', scopes: ['read'], days: 1 });
    const ask = () => fetch(`${small.url}/api/v1/me`, { headers: { 'x-api-key': secret } });
    for (let calls = 0; calls < 3; calls += 1) await ask();

    const answer = await ask();

    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
