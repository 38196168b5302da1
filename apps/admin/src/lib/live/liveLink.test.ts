import type { AppRouter } from '@sala/api/router';
import { createTRPCClient, type OperationLink, type OperationResultObserver, TRPCClientError } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Carrier, Seat } from './line.ts';
import { liveLink } from './liveLink.ts';

/** A carrier on which the test speaks. */
function aCarrier(via: Carrier['via'] = 'socket') {
  const rides: { input: unknown; isOver: boolean; speak: OperationResultObserver<AppRouter, unknown> }[] = [];
  const link: OperationLink<AppRouter> = ({ op }) =>
    observable((speak) => {
      const ride = { input: op.input, isOver: false, speak: speak as OperationResultObserver<AppRouter, unknown> };
      rides.push(ride);
      return () => {
        ride.isOver = true;
      };
    });
  const newest = () => rides.at(-1)!;
  return {
    carrier: { via, link } satisfies Carrier,
    rides,
    cursors: () => rides.map(({ input }) => (input as { lastEventId?: unknown }).lastEventId),
    start: () => newest().speak.next({ result: { type: 'started' } }),
    event: (id: number) => newest().speak.next({ result: { type: 'data', id: String(id), data: id } }),
    fail: (data?: object) =>
      newest().speak.error(
        TRPCClientError.from(data ? { error: { code: -1, message: 'no', data } } : new Error('gone')),
      ),
    complete: () => newest().speak.complete(),
    dialsAgain: () =>
      newest().speak.next({
        result: { type: 'state', state: 'connecting', error: TRPCClientError.from(new Error('ended')) },
      }),
  };
}

/** Somebody who follows a room over a line that carries what the test says. */
function aFollower() {
  const said: string[] = [];
  const lineSaid: string[] = [];
  let seat: Seat | null = null;
  const signedOut = vi.fn<() => void>();
  const line = {
    join: (joined: Seat) => {
      seat = joined;
      joined.carry(null);
    },
    up: () => lineSaid.push('up'),
    down: () => lineSaid.push('down'),
    leave: () => lineSaid.push('left'),
  };
  const client = createTRPCClient<AppRouter>({
    links: [liveLink(line, { signedOut })],
  });
  const { unsubscribe } = client.room.follow.subscribe(
    { conversationId: 'c', lastEventId: 3 },
    {
      onStarted: () => said.push('started'),
      onData: (data) => said.push(JSON.stringify(data)),
      onConnectionStateChange: ({ state }) => said.push(state),
      onError: ({ data }) => said.push(`error ${data?.refusal?.code}`),
    },
  );
  const carry = (carrier: Carrier | null) => seat!.carry(carrier);
  return { said, lineSaid, carry, signedOut, unsubscribe };
}

describe('a stream on the line', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());

  it('[LV9] goes on after its last event when what carries it changes, and hears the old carrier no more (D6, D9)', () => {
    const { said, carry } = aFollower();
    const [socket, sse, polling, again] = [aCarrier(), aCarrier('sse'), aCarrier('polling'), aCarrier()];
    carry(socket.carrier);
    socket.start();
    socket.event(4);
    socket.event(5);
    carry(sse.carrier);
    socket.event(6);
    sse.start();
    sse.event(6);
    carry(null);
    carry(polling.carrier);
    polling.start();
    carry(again.carrier);
    again.start();
    again.event(7);
    expect([socket, sse, polling, again].map((each) => each.cursors())).toEqual([[3], ['5'], ['6'], ['6']]);
    expect(said.filter((one) => /^\d+$/.test(one))).toEqual(['4', '5', '6', '7']);
    expect(said.filter((one) => one === 'started')).toHaveLength(4);
    expect(socket.rides[0]!.isOver).toBe(true);
  });

  it('[LV9] says that it is connecting from when it is no longer carried until it has begun', () => {
    const { said, lineSaid, carry } = aFollower();
    const socket = aCarrier();
    carry(socket.carrier);
    socket.start();
    carry(null);
    expect(said).toEqual(['connecting', 'connecting', 'started', 'pending', 'connecting']);
    expect(lineSaid).toEqual(['up']);
  });

  it('[LV10] tries again by itself after a fault, where it stopped, with growing pauses; so it does when the server ends it', async () => {
    const { said, lineSaid, carry } = aFollower();
    const socket = aCarrier();
    carry(socket.carrier);
    socket.start();
    socket.event(4);
    socket.fail({ correlationId: 'x' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(socket.cursors()).toEqual([3, '4']);
    socket.fail();
    await vi.advanceTimersByTimeAsync(900);
    expect(socket.rides).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(socket.rides).toHaveLength(3);
    socket.start();
    socket.complete();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(socket.cursors()).toEqual([3, '4', '4', '4']);
    expect(said).not.toContain('error undefined');
    expect(lineSaid).toEqual(['up', 'down', 'down', 'up', 'down']);
  });

  it('[LV10] goes on at once when an event stream that lasted has ended, where it stopped', async () => {
    const { carry, lineSaid } = aFollower();
    const sse = aCarrier('sse');
    carry(sse.carrier);
    sse.start();
    sse.event(4);
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    sse.dialsAgain();
    expect(sse.rides[0]!.isOver).toBe(true);
    await vi.advanceTimersByTimeAsync(300);
    sse.start();
    expect(sse.cursors()).toEqual([3, '4']);
    expect(lineSaid).toEqual(['up', 'down', 'up']);
  });

  it('[LV10] waits up to 30 s for a stream that never begins', async () => {
    const { carry } = aFollower();
    const socket = aCarrier();
    carry(socket.carrier);
    const pauses: number[] = [];
    for (let n = 1; n <= 8; n += 1) {
      const at = Date.now();
      socket.fail();
      while (socket.rides.length === n) await vi.advanceTimersByTimeAsync(100);
      pauses.push(Date.now() - at);
    }
    expect(Math.max(...pauses.slice(0, 2))).toBeLessThanOrEqual(2_000);
    expect(Math.min(...pauses.slice(5))).toBeGreaterThanOrEqual(15_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
  });

  it('[LV10] waits as long as the server asks where it says "not now"', async () => {
    const { carry } = aFollower();
    const socket = aCarrier();
    carry(socket.carrier);
    socket.fail({ refusal: { code: 'UNAVAILABLE', retryAfterMs: 5_000 } });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(socket.rides).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(socket.rides).toHaveLength(2);
  });

  it('[LV10] ends with any other refusal, which whoever follows hears; a sign-in that has ended is told', () => {
    const stale = aFollower();
    const socket = aCarrier();
    stale.carry(socket.carrier);
    socket.fail({ refusal: { code: 'STALE', seq: 2 } });
    expect(stale.said.at(-1)).toBe('error STALE');
    expect(stale.lineSaid).toEqual(['left']);
    expect(stale.signedOut).not.toHaveBeenCalled();

    const out = aFollower();
    out.carry(socket.carrier);
    socket.fail({ refusal: { code: 'SIGNED_OUT' } });
    expect(out.signedOut).toHaveBeenCalledOnce();
  });

  it('[LV10] is hurried by being carried again while it waits, and leaves nothing behind', async () => {
    const { carry, unsubscribe, lineSaid } = aFollower();
    const socket = aCarrier();
    carry(socket.carrier);
    socket.fail();
    carry(socket.carrier);
    expect(socket.rides).toHaveLength(2);
    socket.fail();
    unsubscribe();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(socket.rides).toHaveLength(2);
    expect(lineSaid.at(-1)).toBe('left');
    expect(vi.getTimerCount()).toBe(0);
  });
});
