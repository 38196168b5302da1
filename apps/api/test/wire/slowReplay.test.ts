import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDesk, type TestDesk, WAIT } from '../desk/desk.ts';
import { openRawSocket } from '../desk/rawSocket.ts';
import { newRoom, said, upTo } from '../desk/rooms.ts';

/** 60 KB on the wire each: far more than the kernel and the server keep for a socket. */
const MANY = 300;
const LONG = 'ก'.repeat(20_000);

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
});
afterAll(() => desk.close());

describe('Following a room (FO)', () => {
  it('[FO10] a long replay goes at the pace of its reader, who is not cut off for having much to read', async () => {
    const { conversationId } = await newRoom(desk);
    for (let done = 0; done < MANY; done += 20) {
      await desk.deps.rooms.change({ conversationId }, () => upTo(20).map(() => said(LONG)));
    }
    const reader = await openRawSocket(desk, await desk.cookieOf(await desk.operator('Aoi')));
    const [closed, input] = [vi.fn<() => void>(), { conversationId, lastEventId: 0 }];
    reader.ws.on('close', closed);

    reader.send({ id: 1, method: 'subscription', params: { path: 'room.follow', input } });
    await vi.waitUntil(() => reader.frames.length > 1, WAIT);
    for (const enough of [50, 120, 200]) {
      reader.ws.pause();
      await new Promise((resolve) => setImmediate(resolve));
      reader.ws.resume();
      await vi.waitUntil(() => reader.frames.length > enough, WAIT);
    }

    await vi.waitFor(() => expect(reader.frames).toHaveLength(2 + MANY), WAIT);
    expect(closed).not.toHaveBeenCalled();
    reader.ws.terminate();
  });
});
