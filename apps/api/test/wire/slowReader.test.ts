import type { ConversationId } from '@sala/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { TestClient } from '../desk/connect.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { follow, type Following } from '../desk/following.ts';
import { openRawSocket, type RawSocket } from '../desk/rawSocket.ts';
import { newRoom, said, upTo } from '../desk/rooms.ts';

/** 60 KB on the wire each: together far more than the kernel keeps for a socket, and a megabyte on top. */
const MANY = 300;
const LONG = 'ก'.repeat(20_000);

let desk: TestDesk;
let baseline: number;
/** One reads on, one pauses, one never reads again, and one is the admin's client on a machine that slept. */
let [quick, slow, silent]: RawSocket[] = [];
let client: TestClient;
let following: Following;
let room: ConversationId;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  const aoi = await desk.operator('Aoi');
  baseline = desk.listeners();
  const { conversationId } = await newRoom(desk);
  room = conversationId;
  const sockets = await openSockets(aoi, conversationId);
  [quick, slow, silent] = sockets;
  client = await desk.connect(aoi);
  following = follow(client, conversationId);
  await vi.waitUntil(() => sockets.every(({ frames }) => frames.length === 2) && following.events.length === 1, WAIT);
  for (const { ws } of [slow!, silent!]) ws.pause();
  client.socket().pause();
  const closing = vi.spyOn(WebSocket.prototype, 'close');
  const areCut = () => closing.mock.calls.filter(([code]) => code === 4413).length === 3;

  for (let done = 0; done < MANY; done += 20) {
    await desk.deps.rooms.change({ conversationId }, () => upTo(20).map(() => said(LONG)));
    if (slow!.ws.isPaused && areCut()) slow!.ws.resume(); // before its time to read is over
  }
  closing.mockRestore();
  silent!.send({ id: 2, method: 'mutation', params: { path: 'room.claim', input: { conversationId } } });
});
afterAll(() => desk.close());

async function openSockets(operator: TestOperator, conversationId: string): Promise<RawSocket[]> {
  const cookie = await desk.cookieOf(operator);
  const sockets = await Promise.all(upTo(3).map(() => openRawSocket(desk, cookie)));
  for (const socket of sockets) {
    socket.send({
      id: 1,
      method: 'subscription',
      params: { path: 'room.follow', input: { conversationId, lastEventId: 0 } },
    });
  }
  return sockets;
}

/** Whoever holds the room after all this. */
const claims = async () => (await desk.log(room)).filter(({ fact }) => fact.type === 'session.claimed');

describe('Following a room (FO)', () => {
  it('[FO7] a reader who keeps up gets everything, whoever else does not', async () => {
    await vi.waitFor(() => expect(quick!.frames).toHaveLength(2 + MANY), WAIT);
    quick!.ws.terminate();
  });

  it('[FO7] a reader who does not keep up is cut off, and told so: 4413', async () => {
    expect(await slow!.closed).toBe(4413);
  });

  it('[FO7] who was cut off resumes, and has missed nothing', async () => {
    client.socket().resume();

    await vi.waitFor(() => expect(following.events.length).toBeGreaterThan(MANY), WAIT);
    expect(following.seqs()).toEqual(upTo(1 + MANY));
    expect(client.dials()).toBeGreaterThan(1);
    client.close();
  });

  it('[SO7] a reader who never reads again is let go, and not heard until then', async () => {
    await vi.waitFor(() => expect([desk.deps.feeds.size, desk.listeners()]).toEqual([0, baseline]), WAIT);

    expect(await claims()).toEqual([]); // and was not heard meanwhile
    silent!.ws.terminate();
  });
});
