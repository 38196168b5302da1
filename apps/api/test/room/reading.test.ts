import { randomUUID } from 'node:crypto';
import { applyEvent, prependHistory, type RoomView } from '@sala/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CHANNEL, openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { follow } from '../desk/following.ts';
import { message, newRoom, said, say, seqsOf, upTo } from '../desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
});
afterAll(() => desk.close());

const longRoom = (length: number) =>
  newRoom(
    desk,
    upTo(length).map((index) => said(`w${index}`)),
  );

describe('Reading a room (RO)', () => {
  it('[RO5] room.get answers the newest 100 events, and says where they begin', async () => {
    const room = await longRoom(130);

    const { seq, fromSeq, entries, channel } = await aoi.api.room.get(room);

    expect({ seq, fromSeq, entries: entries.length, channel: channel.channelId }).toEqual({
      seq: 130,
      fromSeq: 31,
      entries: 100,
      channel: CHANNEL.id,
    });
  });

  it('[RO5] room.history answers what came before, in order, to the beginning', async () => {
    const { conversationId } = await longRoom(130);

    const older = await aoi.api.room.history({ conversationId, before: 31, limit: 200 });

    expect(seqsOf(older)).toEqual(upTo(30));
  });

  it.each([0, 201])('[RO5] a page of %i is INVALID', async (limit) => {
    await expect(aoi.api.room.history({ conversationId: 'c', before: 1, limit })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('[RO5] of what does not exist there is neither', async () => {
    const conversationId = randomUUID();

    await expect(aoi.api.room.get({ conversationId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(aoi.api.room.history({ conversationId, before: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('[RO1] what is fetched, what is streamed after it and what is paged back are the room as it is (D9)', async () => {
    const { conversationId } = await longRoom(150);
    let room: RoomView = await aoi.api.room.get({ conversationId });
    const client = await desk.connect(aoi);
    const { stop } = follow(client, conversationId, {
      lastEventId: room.seq,
      onEvent: (event) => (room = applyEvent(room, event)),
    });

    await aoi.api.room.claim({ conversationId });
    await aoi.api.room.send({ conversationId, ...message('an answer') });
    await say(desk, conversationId, 'thanks');
    await aoi.api.room.close({ conversationId, reason: 'done' });
    await vi.waitFor(() => expect(room.seq).toBe(155), WAIT);
    while (room.fromSeq > 1) {
      room = prependHistory(room, await aoi.api.room.history({ conversationId, before: room.fromSeq, limit: 40 }));
    }

    const log = await desk.log(conversationId);
    const { head } = await aoi.api.room.get({ conversationId });
    expect(room.head).toEqual(head);
    expect(room.entries.map(({ seq }) => seq)).toEqual(seqsOf(log));
    stop();
    client.close();
  });

  it('[CL7] a claim, a transfer and a close reach everybody in the room (B4)', async () => {
    const ken = await desk.operator('Ken');
    const { conversationId } = await desk.waiting();
    const clients = [await desk.connect(aoi), await desk.connect(ken)];
    const followings = clients.map((client) => follow(client, conversationId));

    await aoi.api.room.claim({ conversationId });
    await aoi.api.room.transfer({ conversationId, to: ken.operatorId, note: 'yours' });
    await ken.api.room.close({ conversationId });

    const acts = ({ events }: (typeof followings)[number]) =>
      events.map(({ fact }) => fact.type).filter((type) => type.startsWith('session.'));
    const all = ['session.opened', 'session.claimed', 'session.transferred', 'session.closed'];
    await vi.waitFor(() => expect(followings.map(acts)).toEqual([all, all]), WAIT);
    for (const client of clients) client.close();
  });
});
