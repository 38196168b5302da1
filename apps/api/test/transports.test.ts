import type { RoomEvent } from '@sala/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDesk, type TestDesk, type TestOperator, WAIT } from './desk/desk.ts';
import { type Asked, type EventStream, openEventStream } from './desk/eventStream.ts';
import { message, newRoom, said, say, seqsOf, upTo } from './desk/rooms.ts';

/** A poll that brings nothing new is over within this. */
const POLL_ENDS_WITHIN_MS = 1_000;

let desk: TestDesk;
let aoi: TestOperator;
let cookie: string;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
  cookie = await desk.cookieOf(aoi);
});
afterAll(() => desk.close());

const ask = (path: string, asked: Asked = {}) => openEventStream(desk, path, { cookie, ...asked });
const seqsIn = (stream: EventStream) => seqsOf(stream.data() as RoomEvent[]);

/** The stream of a poll, once the server has ended it, and how long that took. */
async function poll(path: string, asked: Asked = {}): Promise<EventStream & { tookMs: number }> {
  const began = performance.now();
  const stream = await ask(path, { ...asked, poll: true });
  await stream.ended;
  return { ...stream, tookMs: performance.now() - began };
}

describe('Transports (TP)', () => {
  it('[TP1] a room is followed over plain HTTP: what was, then what happens, as it happens (D6)', async () => {
    const { conversationId } = await newRoom(desk, [said('one'), said('two')]);

    const stream = await ask('room.follow', { input: { conversationId, lastEventId: 0 } });
    await expect.poll(() => seqsIn(stream), WAIT).toEqual([1, 2]);
    await say(desk, conversationId, 'three');

    await expect.poll(() => seqsIn(stream), WAIT).toEqual([1, 2, 3]);
    expect(stream.said.filter(({ name }) => name === null).map(({ id }) => id)).toEqual(['1', '2', '3']);
    stream.hangUp();
  });

  it('[TP1] it resumes after the last event it heard, whichever way that is told (D6)', async () => {
    const { conversationId } = await newRoom(
      desk,
      upTo(5).map((number) => said(`message ${number}`)),
    );

    const byHeader = await ask('room.follow', { input: { conversationId, lastEventId: 0 }, lastEventId: '3' });
    const byInput = await ask('room.follow', { input: { conversationId, lastEventId: 4 } });

    await expect.poll(() => [seqsIn(byHeader), seqsIn(byInput)], WAIT).toEqual([[4, 5], [5]]);
    for (const stream of [byHeader, byInput]) stream.hangUp();
  });

  it('[TP1] nothing on the way holds it back: it is not compressed, not kept, and said to be no text to transform (D6)', async () => {
    const { conversationId } = await newRoom(desk);

    const { headers, hangUp } = await ask('room.follow', { input: { conversationId, lastEventId: 0 } });
    hangUp();

    expect(headers.get('content-type')).toBe('text/event-stream');
    expect(headers.get('content-encoding')).toBeNull();
    expect(headers.get('cache-control')).toContain('no-transform');
    expect(headers.get('x-accel-buffering')).toBe('no');
  });

  it('[TP1] the client is told when to take silence for a broken line (D6)', async () => {
    const stream = await ask('inbox.follow', { input: { view: 'all' } });

    await expect
      .poll(() => stream.said[0], WAIT)
      .toEqual({ name: 'connected', id: null, data: { reconnectAfterInactivityMs: 40_000 } });
    stream.hangUp();
  });

  it('[TP1] a stream that has nothing to say gives a sign of life every fifteen seconds (D6)', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const stream = await ask('inbox.follow', { input: { view: 'all' } });
    await expect.poll(() => stream.data().length, WAIT).toBe(1);
    const signs = () => stream.said.filter(({ name }) => name === 'ping').length;

    await vi.advanceTimersByTimeAsync(14_000);
    await aoi.api.inbox.counts(); // what had been said would have come by now
    expect(signs()).toBe(0);
    for (const count of [1, 2]) {
      await vi.advanceTimersByTimeAsync(15_000);
      await expect.poll(signs, WAIT).toBe(count);
    }

    vi.useRealTimers();
    stream.hangUp();
  });

  it('[TP2] lists, people and notices say the same over HTTP as over a socket (D6)', async () => {
    const ken = await desk.operator('Ken');
    const client = await desk.connect(ken);
    const bySocket: { list: unknown[]; people: unknown[]; notices: unknown[] } = { list: [], people: [], notices: [] };
    client.api.inbox.follow.subscribe({ view: 'mine' }, { onData: (all) => bySocket.list.push(...all) });
    client.api.presence.follow.subscribe({}, { onData: (one) => bySocket.people.push(one) });
    client.api.me.follow.subscribe({}, { onData: ({ data }) => bySocket.notices.push(data) });
    await expect.poll(() => Object.values(bySocket).map(({ length }) => length), WAIT).toEqual([1, 1, 1]);
    const kens = { cookie: await desk.cookieOf(ken) };
    const [list, people, notices] = await Promise.all([
      ask('inbox.follow', { ...kens, input: { view: 'mine' } }),
      ask('presence.follow', { ...kens, input: {} }),
      ask('me.follow', kens),
    ]);
    const byHttp = () => ({ list: list.data().flat(), people: people.data(), notices: notices.data() });
    await expect.poll(() => Object.values(byHttp()).map(({ length }) => length), WAIT).toEqual([1, 1, 1]);

    const { conversationId } = await newRoom(desk);
    await aoi.api.room.claim({ conversationId });
    await aoi.api.room.transfer({ conversationId, to: ken.operatorId, note: 'yours' });
    await ken.api.presence.set({ availability: 'away' });

    await expect.poll(() => Object.values(bySocket).map(({ length }) => length > 1), WAIT).toEqual([true, true, true]);
    await expect.poll(byHttp, WAIT).toEqual(bySocket);
    client.close();
    for (const stream of [list, people, notices]) stream.hangUp();
  });

  it('[TP2] a poll hears what was given since the last one, and what is (D6)', async () => {
    const mei = await desk.operator('Mei');
    const meis = { cookie: await desk.cookieOf(mei) };
    const { said } = await poll('me.follow', meis);
    const { conversationId } = await newRoom(desk);
    await aoi.api.room.claim({ conversationId });
    await aoi.api.room.transfer({ conversationId, to: mei.operatorId, note: 'yours' });

    const notices = await poll('me.follow', { ...meis, lastEventId: said.find(({ id }) => id)!.id! });
    const counts = await poll('inbox.follow', { ...meis, input: { view: 'mine' } });

    expect(notices.data()).toMatchObject([{ type: 'desk' }, { type: 'given', conversationId, note: 'yours' }]);
    expect(counts.data()).toMatchObject([[{ type: 'counts', counts: { mine: 1 } }]]);
    expect((await mei.api.inbox.list({ view: 'mine' })).rows).toMatchObject([{ conversationId }]);
  });

  it('[TP2] whoever follows over HTTP is in the room, and what they send by HTTP comes back in the stream (D6)', async () => {
    const { conversationId } = await newRoom(desk);
    const stream = await ask('room.follow', { input: { conversationId, lastEventId: 0 } });
    await expect.poll(() => seqsIn(stream), WAIT).toEqual([1]);

    await aoi.api.room.claim({ conversationId });
    await aoi.api.room.send({ conversationId, ...message('hello') });

    const log = await desk.log(conversationId);
    await expect.poll(() => seqsIn(stream), WAIT).toEqual(seqsOf(log));
    stream.hangUp();
  });

  it('[TP3] hanging up ends everything that the stream began (D6)', async () => {
    const { conversationId } = await newRoom(desk);
    const before = { listeners: desk.listeners(), feeds: desk.deps.feeds.size };
    const streams = await Promise.all([
      ask('room.follow', { input: { conversationId, lastEventId: 0 } }),
      ask('room.presence', { input: { conversationId, viewing: true } }),
      ask('inbox.follow', { input: { view: 'all' } }),
      ask('presence.follow'),
      ask('me.follow'),
    ]);
    await expect.poll(() => streams.map(({ said: heard }) => heard.length > 1), WAIT).toEqual(streams.map(() => true));

    for (const stream of streams) stream.hangUp();

    await expect.poll(() => ({ listeners: desk.listeners(), feeds: desk.deps.feeds.size }), WAIT).toEqual(before);
  });

  it('[TP4] nobody who is not signed in gets anything: UNAUTHORIZED in the stream, and its end (A3)', async () => {
    const stream = await openEventStream(desk, 'inbox.follow', { input: { view: 'all' } });
    await stream.ended;

    expect(stream.data()).toEqual([]);
    expect(stream.said.at(-1)).toMatchObject({
      name: 'serialized-error',
      data: { data: { httpStatus: 401, refusal: { code: 'NOT_SIGNED_IN' } } },
    });
  });

  it('[TP4] a stream ends after five minutes, so that the sign-in is asked for again, and resumes (D6)', async () => {
    const { conversationId } = await newRoom(desk);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const stream = await ask('room.follow', { input: { conversationId, lastEventId: 0 } });
    await expect.poll(() => seqsIn(stream), WAIT).toEqual([1]);

    vi.advanceTimersByTime(5 * 60_000);
    vi.useRealTimers();

    await stream.ended;
    await say(desk, conversationId, 'meanwhile');
    const next = await ask('room.follow', { input: { conversationId, lastEventId: 0 }, lastEventId: '1' });
    await expect.poll(() => seqsIn(next), WAIT).toEqual([2]);
    next.hangUp();
  });

  it('[TP4] a page of another origin is 403: to follow is to be seen', async () => {
    const stream = await ask('presence.follow', { headers: { origin: 'http://evil.test' } });
    await stream.ended;

    expect(stream.status).toBe(403);
  });

  it('[TP5] a poll of a room brings what was missed and ends within a second (D6)', async () => {
    const { conversationId } = await newRoom(
      desk,
      upTo(150).map((number) => said(`message ${number}`)),
    );

    const stream = await poll('room.follow', { input: { conversationId, lastEventId: 3 } });

    expect(seqsIn(stream)).toEqual(upTo(150).slice(3));
    expect(stream.said.at(-1)).toMatchObject({ name: 'return' });
    expect(stream.tookMs).toBeLessThan(POLL_ENDS_WITHIN_MS);
  });

  it('[TP5] a poll of a room without news brings nothing and ends within a second (D6)', async () => {
    const { conversationId } = await newRoom(desk);

    const stream = await poll('room.follow', { input: { conversationId, lastEventId: 1 } });

    expect([stream.data(), stream.tookMs < POLL_ENDS_WITHIN_MS]).toEqual([[], true]);
  });

  it.each([
    ['inbox.follow', { view: 'all' }, [{ type: 'counts' }]],
    ['presence.follow', undefined, [{ type: 'snapshot' }]],
    ['me.follow', undefined, { type: 'desk' }],
  ])('[TP5] a poll of %s brings its first word and ends within a second (D6)', async (path, input, first) => {
    const stream = await poll(path, { input });

    expect(stream.data()[0]).toMatchObject(first);
    expect(stream.tookMs).toBeLessThan(POLL_ENDS_WITHIN_MS);
  });

  it('[TP5] polls leave no listener and no feed behind (D6)', async () => {
    const { conversationId } = await newRoom(desk);
    const before = { listeners: desk.listeners(), feeds: desk.deps.feeds.size };

    for (const path of ['room.follow', 'inbox.follow']) {
      await poll(path, { input: path === 'room.follow' ? { conversationId, lastEventId: 0 } : { view: 'all' } });
    }

    await expect.poll(() => ({ listeners: desk.listeners(), feeds: desk.deps.feeds.size }), WAIT).toEqual(before);
  });
});
