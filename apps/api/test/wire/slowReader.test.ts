import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { follow } from '../desk/following.ts';
import { openRawSocket } from '../desk/rawSocket.ts';
import { newRoom, said, upTo } from '../desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
let baseline: number;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
  baseline = desk.listeners();
});
afterAll(() => desk.close());

/** 60 KB on the wire each: together far more than the kernel keeps for a socket, and a megabyte on top. */
const MANY = 300;
const LONG = 'ก'.repeat(20_000);

async function flood(conversationId: string): Promise<void> {
  for (let done = 0; done < MANY; done += 20) {
    await desk.deps.rooms.change({ conversationId }, () => upTo(20).map(() => said(LONG)));
  }
}

const subscribe = (conversationId: string) => ({
  id: 1,
  method: 'subscription',
  params: { path: 'room.follow', input: { conversationId, lastEventId: 0 } },
});

describe('Following a room (FO)', () => {
  it('[FO7] a reader who does not keep up is cut off with 4413, and another is not', async () => {
    const { conversationId } = await newRoom(desk);
    const cookie = await desk.cookieOf(aoi);
    const [slow, quick] = [await openRawSocket(desk, cookie), await openRawSocket(desk, cookie)];
    for (const socket of [slow, quick]) socket.send(subscribe(conversationId));
    await vi.waitFor(() => expect([slow.frames.length, quick.frames.length]).toEqual([2, 2]), WAIT);

    slow.ws.pause();
    await flood(conversationId);
    await vi.waitFor(() => expect(quick.frames).toHaveLength(2 + MANY), WAIT);
    slow.ws.resume();

    expect(await slow.closed).toBe(4413);
    quick.ws.terminate();
  });

  it('[FO7] who was cut off resumes and has missed nothing', async () => {
    const { conversationId } = await newRoom(desk);
    const client = await desk.connect(aoi);
    const following = follow(client, conversationId);
    await vi.waitFor(() => expect(following.seqs()).toEqual([1]), WAIT);

    client.socket().pause();
    await flood(conversationId);
    client.socket().resume();

    await vi.waitFor(() => expect(following.events.length).toBeGreaterThan(MANY), WAIT);
    expect(following.seqs()).toEqual(upTo(1 + MANY));
    expect(client.dials()).toBeGreaterThan(1);
    client.close();
  });

  it('[FO7] a reader who never reads again is let go', async () => {
    const { conversationId } = await newRoom(desk);
    const slow = await openRawSocket(desk, await desk.cookieOf(aoi));
    slow.send(subscribe(conversationId));
    await vi.waitFor(() => expect(slow.frames).toHaveLength(2), WAIT);

    slow.ws.pause();
    await flood(conversationId);

    await vi.waitFor(() => expect([desk.deps.feeds.size, desk.listeners()]).toEqual([0, baseline]), WAIT);
    slow.ws.terminate();
  });
});
