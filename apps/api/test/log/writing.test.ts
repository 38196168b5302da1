import { randomUUID } from 'node:crypto';
import { refuse, type RoomFact } from '@sala/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMemoryBus } from '../../src/bus/memoryBus.ts';
import { RoomLog } from '../../src/log/roomLog.ts';
import { openDesk, type TestDesk } from '../desk/desk.ts';
import { newRoom, said, seqsOf, textsOf, upTo } from '../desk/rooms.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
});
afterAll(() => desk.close());

/** The log as another server on the same database has it. */
const anotherServer = () =>
  new RoomLog({
    ...desk.deps,
    bus: createMemoryBus((error) => {
      throw error;
    }),
  });

const words = (count: number, who = 'w') => upTo(count).map((index) => `${who}${index}`);

describe('Log (LO)', () => {
  it('[LO1] thirty writers at once leave a log without gaps and all get through (C6)', async () => {
    const { conversationId } = await newRoom(desk, []);

    await Promise.all(words(30).map((word) => desk.deps.rooms.change({ conversationId }, () => [said(word)])));

    const log = await desk.log(conversationId);
    expect(seqsOf(log)).toEqual(upTo(30));
    expect(textsOf(log).toSorted()).toEqual(words(30).toSorted());
  });

  it('[LO1] several facts of one change follow each other', async () => {
    const { conversationId } = await newRoom(desk, []);

    const changes = await Promise.all(
      words(10).map((word) => desk.deps.rooms.change({ conversationId }, () => [said(word), said(`${word}b`)])),
    );

    expect(changes.map(({ events }) => seqsOf(events))).toEqual(
      changes.map(({ events }) => [events[0]!.seq, events[0]!.seq + 1]),
    );
  });

  it('[LO2] a request made three times at once is recorded once, and every time answers the same', async () => {
    const { conversationId } = await newRoom(desk, []);
    const once = 'the request';

    const answers = await Promise.all(
      words(3).map((word) => desk.deps.rooms.change({ conversationId, once }, () => [said(word)])),
    );

    const log = await desk.log(conversationId);
    expect(log).toHaveLength(1);
    expect(answers.map(({ events }) => events)).toEqual([log, log, log]);
  });

  it('[LO2] a request is recorded once by two servers that hear it at once', async () => {
    const { conversationId } = await newRoom(desk, []);
    const servers = [desk.deps.rooms, anotherServer()];

    const answers = await Promise.all(
      servers.map((rooms) => rooms.change({ conversationId, once: 'heard by both' }, () => [said('hello')])),
    );

    const log = await desk.log(conversationId);
    expect(log).toHaveLength(1);
    expect(answers.map(({ events }) => events)).toEqual([log, log]);
  });

  it('[LO3] two servers that write to one conversation at once number it without gaps and lose nothing', async () => {
    const { conversationId } = await newRoom(desk, []);
    const servers = { a: desk.deps.rooms, b: anotherServer() };

    await Promise.all(
      Object.entries(servers).flatMap(([name, rooms]) =>
        words(20, name).map((word) => rooms.change({ conversationId }, () => [said(word)])),
      ),
    );

    const log = await desk.log(conversationId);
    expect(seqsOf(log)).toEqual(upTo(40));
    expect(textsOf(log).toSorted()).toEqual([...words(20, 'a'), ...words(20, 'b')].toSorted());
  });

  it('[LO3] what another server wrote meanwhile is what the next change is decided on', async () => {
    const { conversationId } = await newRoom(desk, [said('one')]);
    await anotherServer().change({ conversationId }, () => [said('two'), said('three')]);

    const { events } = await desk.deps.rooms.change({ conversationId }, ({ unanswered }) => [
      said(`after ${unanswered}`),
    ]);

    expect(textsOf(events)).toEqual(['after 3']);
  });

  it('[LO6] a change one of whose rows cannot be written leaves nothing of itself (B9)', async () => {
    const message = said('first');
    const { conversationId } = await newRoom(desk, [message]);
    const again: RoomFact = { type: 'bot.wrote', messageId: idOf(message), content: { type: 'text', text: 'same id' } };
    const before = await rowsOf(conversationId);

    const change = desk.deps.rooms.change({ conversationId }, () => [said('second'), again]);

    await expect(change).rejects.toMatchObject({ code: '23505' });
    expect(await rowsOf(conversationId)).toEqual(before);
  });

  it('[LO6] after such a failure the conversation goes on', async () => {
    const message = said('first');
    const { conversationId } = await newRoom(desk, [message]);
    await desk.deps.rooms.change({ conversationId }, () => [message]).catch(() => undefined);

    const { events } = await desk.deps.rooms.change({ conversationId }, () => [said('second')]);

    expect(seqsOf(events)).toEqual([2]);
  });

  it('[LO7] a change that fails leaves those of other conversations, written with it, alone', async () => {
    const message = said('first');
    const broken = await newRoom(desk, [message]);
    const others = await Promise.all(words(8).map(() => newRoom(desk, [])));
    const changes = [broken, ...others].map(({ conversationId }, index) =>
      desk.deps.rooms.change({ conversationId }, () => [index === 0 ? message : said('mine')]),
    );

    const outcomes = await Promise.allSettled(changes);

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', ...others.map(() => 'fulfilled')]);
    const logs = await Promise.all(others.map(({ conversationId }) => desk.log(conversationId)));
    expect(logs.map(textsOf)).toEqual(others.map(() => ['mine']));
  });

  it('[LO10] what is asked while the room is written is recorded in the order of asking, each on what the one before left', async () => {
    const { conversationId } = await newRoom(desk, [said('first')]);

    const answers = await Promise.all(
      words(100).map(() =>
        desk.deps.rooms.change({ conversationId }, ({ unanswered }) => [said(`after ${unanswered}`)]),
      ),
    );

    expect(answers.map(({ events, seq }) => [...seqsOf(events), seq])).toEqual(upTo(100).map((n) => [n + 1, n + 1]));
    expect(textsOf(await desk.log(conversationId)).slice(1)).toEqual(upTo(100).map((n) => `after ${n}`));
  });

  it('[LO10] a hundred that are asked at once take a few statements', async () => {
    const { conversationId } = await newRoom(desk, [said('first')]);
    const { pool } = desk.deps.db;
    const query = vi.spyOn(pool, 'query');

    await Promise.all(words(100).map((word) => desk.deps.rooms.change({ conversationId }, () => [said(word)])));

    expect(query.mock.calls.length).toBeLessThan(10);
    query.mockRestore();
  });

  it.each([
    ['is refused', () => refuse({ code: 'SESSION_CLOSED' }), { refusal: { code: 'SESSION_CLOSED' } }],
    ['has nothing to record', () => [], null],
    ['is at fault', () => expect.fail('a fault'), { message: 'a fault' }],
    ['was heard before', () => [said('heard again')], null],
    ['cannot be written', () => [{ ...said('twice'), messageId: 'taken' } as RoomFact], { code: '23505' }],
  ])('[LO10] one that %s leaves those asked with it written, in their order', async (what, decide, error) => {
    const { conversationId } = await newRoom(desk, [{ ...said('first'), messageId: 'taken' } as RoomFact]);
    await desk.deps.rooms.change({ conversationId, once: 'before' }, () => [said('heard')]);
    const ask = (word: string) => desk.deps.rooms.change({ conversationId }, () => [said(word)]);
    const request = { conversationId, ...(what === 'was heard before' && { once: 'before' }) };

    const [, , third] = await Promise.allSettled([
      ...['one', 'two'].map(ask),
      desk.deps.rooms.change(request, decide),
      ...['four', 'five', 'six'].map(ask),
    ]);

    expect(third).toMatchObject(error ? { status: 'rejected', reason: error } : { status: 'fulfilled' });
    expect(textsOf(await desk.log(conversationId)).slice(2)).toEqual(['one', 'two', 'four', 'five', 'six']);
  });

  it('[LO9] a conversation that does not exist is NOT_FOUND', async () => {
    const change = desk.deps.rooms.change({ conversationId: randomUUID() }, () => [said('hello')]);

    await expect(change).rejects.toMatchObject({ refusal: { code: 'NOT_FOUND' } });
  });
});

const idOf = (fact: RoomFact): string => ('messageId' in fact ? fact.messageId : '');

/** Everything the database holds about a conversation. */
async function rowsOf(conversationId: string) {
  const where = { where: { conversationId } };
  const { prisma } = desk.deps.db;
  return {
    conversation: await prisma.conversation.findUnique({ where: { id: conversationId } }),
    events: await prisma.event.findMany(where),
    messages: await prisma.message.findMany(where),
    deliveries: await prisma.delivery.findMany(where),
    counts: await prisma.inboxCount.findMany({ orderBy: { key: 'asc' } }),
  };
}
