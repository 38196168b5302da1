import { CloseCode } from '@sala/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Connection, connectionAfter } from './connection.ts';
import { Line, type LineDeps, type Seat } from './line.ts';
import type { SocketEars } from './socket.ts';

/** A link that is never ridden: here only counts which one is given. */
const linkNamed = (name: string) => Object.assign(() => expect.fail(`${name} was ridden`), { linkName: name });

type Probe = Awaited<ReturnType<LineDeps['probe']>>;

/** A line over sockets that do what the test says. */
function aLine() {
  const dials: (SocketEars & { asked: number; isHungUp: boolean })[] = [];
  const desk = {
    probe: 'unreachable' as Probe,
    isVisible: true,
    isLockFree: true,
    chance: 1,
    connection: { type: 'connecting', since: Date.now(), attempt: 0 } as Connection,
  };
  const line: Line = new Line({
    dial: (ears) => {
      const socket = { ...ears, asked: 0, isHungUp: false };
      dials.push(socket);
      return {
        link: linkNamed(`socket ${dials.length}`),
        ask: () => (socket.asked += 1),
        hangUp: () => (socket.isHungUp = true),
      };
    },
    sse: linkNamed('sse'),
    polling: linkNamed('polling'),
    holdStreams: (held) => {
      if (desk.isLockFree) held();
      return () => undefined;
    },
    probe: () => Promise.resolve(desk.probe),
    tell: (heard) => void (desk.connection = connectionAfter(desk.connection, heard, Date.now())),
    identityChanged: () => undefined,
    isVisible: () => desk.isVisible,
    chance: () => desk.chance,
  });
  const follow = (path: string) => {
    const carried: (string | null)[] = [];
    const seat: Seat = {
      path,
      carry: (carrier) => carried.push(carrier && (carrier.link as unknown as { linkName: string }).linkName),
    };
    line.join(seat);
    return { seat, carried, up: () => line.up(seat), down: () => line.down(seat), leave: () => line.leave(seat) };
  };
  const newest = () => dials.at(-1)!;
  /** Waits for the next dial, and answers for how long. */
  const nextDial = async () => {
    const [before, at] = [dials.length, Date.now()];
    while (dials.length === before) await pass(500);
    return Date.now() - at;
  };
  return { line, desk, dials, newest, nextDial, follow, type: () => desk.connection.type };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the line', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());

  it('[LV1] dials with the first stream, is live when all that the screen stands on has begun, and ends after the last (D1)', async () => {
    const { newest, dials, follow, type } = aLine();
    const [room, inbox] = [follow('room.follow'), follow('inbox.follow')];
    expect([dials.length, room.carried, type()]).toEqual([1, [null], 'connecting']);
    newest().opened();
    expect(room.carried).toEqual([null, 'socket 1']);
    room.up();
    expect(type()).toBe('connecting');
    inbox.up();
    expect(type()).toBe('live');
    room.leave();
    inbox.leave();
    await pass(10_000);
    expect(newest().isHungUp).toBe(true);
    await pass(60_000);
    expect(dials).toHaveLength(1);
  });

  it('[LV3] tries again for ever, with pauses that grow to 30 s (D2)', async () => {
    const { newest, nextDial, follow, desk } = aLine();
    follow('inbox.follow');
    const pauses: number[] = [];
    for (let n = 0; n < 40; n += 1) {
      newest().closed(1006);
      pauses.push(await nextDial());
    }
    expect(pauses.slice(0, 6)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
    expect(new Set(pauses.slice(6))).toEqual(new Set([30_000]));
    expect(desk.connection).toMatchObject({ type: 'offline', attempt: 40 });
  });

  it('[LV3] begins the count anew only after a connection that lasted (D2)', async () => {
    const { newest, nextDial, follow, desk } = aLine();
    follow('presence.follow');
    for (const attempt of [1, 2, 3]) {
      newest().opened();
      newest().closed(1006);
      expect(desk.connection).toMatchObject({ type: 'reconnecting', attempt });
      await nextDial();
    }
    newest().opened();
    newest().heard();
    await pass(9_000);
    newest().heard();
    await pass(1_000);
    newest().closed(1006);
    expect(desk.connection).toMatchObject({ attempt: 1 });
  });

  it('[LV4] tries at once by hand, and when somebody comes back; a pause the server asked for ends by hand only (D2)', async () => {
    const { line, newest, dials, follow } = aLine();
    follow('inbox.follow');
    newest().closed(1006);
    line.nudge('device');
    line.nudge('device');
    expect(dials).toHaveLength(2);
    newest().closed(CloseCode.flood);
    line.nudge('device');
    expect(dials).toHaveLength(2);
    line.nudge('hand');
    expect(dials).toHaveLength(3);
  });

  it('[LV4] tries soon after a try that was on its way when another was asked for', async () => {
    const { line, newest, nextDial, follow } = aLine();
    follow('inbox.follow');
    for (let n = 0; n < 6; n += 1) {
      newest().closed(1006);
      await nextDial();
    }
    line.nudge('device');
    newest().closed(1006);
    expect(await nextDial()).toBe(1_000);
    newest().closed(1006);
    expect(await nextDial()).toBe(30_000);
  });

  it('[LV5] asks after 10 s of silence, is stale after 3 s without an answer, and gives the socket up after 10 s (D1)', async () => {
    const { newest, dials, follow, type } = aLine();
    const room = follow('room.follow');
    newest().opened();
    room.up();
    await pass(10_000);
    expect([newest().asked, type()]).toEqual([1, 'live']);
    await pass(3_000);
    expect(type()).toBe('stale');
    newest().heard();
    expect(type()).toBe('live');
    await pass(13_000);
    expect(type()).toBe('stale');
    const silent = newest();
    await pass(7_000);
    expect([silent.isHungUp, room.carried.at(-1)]).toEqual([true, null]);
    await pass(1_000);
    expect(dials).toHaveLength(2);
  });

  it('[LV5] asks at once when somebody comes back, and gives up a dead socket after 4 s', async () => {
    const { line, newest, follow } = aLine();
    follow('presence.follow');
    newest().opened();
    const [socket] = [newest()];
    line.nudge('device');
    expect(socket.asked).toBe(1);
    await pass(4_000);
    expect(socket.isHungUp).toBe(true);
  });

  it('[LV1] is stale while a list that the screen stands on is behind, and not for any other', () => {
    const { newest, follow, type } = aLine();
    const [inbox, presence] = [follow('inbox.follow'), follow('presence.follow')];
    newest().opened();
    inbox.up();
    presence.down();
    expect(type()).toBe('live');
    inbox.down();
    expect(type()).toBe('stale');
    inbox.up();
    expect(type()).toBe('live');
  });

  it('[LV1] hears that it is over by a close, or by a call where the upgrade is refused, and stays so (D1)', async () => {
    const { newest, dials, follow, type, desk, line } = aLine();
    follow('inbox.follow');
    desk.probe = 'signedOut';
    newest().closed(1006);
    await pass(0);
    expect(type()).toBe('signedOut');
    await pass(60_000);
    expect(dials).toHaveLength(1);
    line.beginAgain();
    newest().opened();
    newest().closed(CloseCode.revoked);
    expect(type()).toBe('revoked');
    await pass(60_000);
    expect(dials).toHaveLength(2);
  });

  it('[LV6] streams over HTTP when two dials fail while calls get through, and polls what is not vital (D6)', async () => {
    const { newest, follow, desk, type } = aLine();
    desk.probe = 'works';
    const [room, presence] = [follow('room.follow'), follow('presence.follow')];
    newest().closed(1006);
    await pass(1_000);
    expect(room.carried).toEqual([null]);
    newest().closed(1006);
    await pass(0);
    expect([room.carried.at(-1), presence.carried.at(-1)]).toEqual(['sse', 'polling']);
    room.up();
    expect(desk.connection).toMatchObject({ type: 'live', via: 'sse' });
    room.down();
    expect(type()).toBe('stale');
  });

  it('[LV6] goes down after one dial that nobody answers, and not while calls fail as well (D6)', async () => {
    const { newest, nextDial, follow, desk } = aLine();
    const room = follow('room.follow');
    for (let n = 0; n < 5; n += 1) {
      newest().closed(1006);
      await nextDial();
    }
    expect(room.carried).toEqual([null]);
    desk.probe = 'works';
    await pass(6_000);
    expect(room.carried.at(-1)).toBe('sse');
  });

  it('[LV6] polls when event streams bring nothing within 5 s, in a tab in the back, and beside a tab that streams (D6)', async () => {
    const { line, newest, follow, desk } = aLine();
    desk.probe = 'works';
    const room = follow('room.follow');
    desk.isVisible = false;
    await pass(6_000);
    expect(room.carried.at(-1)).toBe('polling');
    desk.isVisible = true;
    line.visibilityChanged();
    expect(room.carried.at(-1)).toBe('sse');
    desk.isVisible = false;
    line.visibilityChanged();
    expect(room.carried.at(-1)).toBe('polling');
    desk.isVisible = true;
    desk.isLockFree = false;
    line.visibilityChanged();
    expect(room.carried.at(-1)).toBe('polling');
    room.up();
    expect(desk.connection).toMatchObject({ type: 'live', via: 'polling' });

    desk.isVisible = false;
    line.visibilityChanged();
    [desk.isVisible, desk.isLockFree] = [true, true];
    line.visibilityChanged();
    expect(room.carried.at(-1)).toBe('sse');
    newest().closed(1006);
    await pass(5_000);
    expect(room.carried.at(-1)).toBe('polling');
    line.heard();
    room.up();
    expect(desk.connection).toMatchObject({ type: 'live', via: 'polling' });
  });

  it('[LV6] keeps its event streams once one has brought a word', async () => {
    const { line, follow, desk } = aLine();
    desk.probe = 'works';
    const room = follow('room.follow');
    await pass(6_000);
    line.streamBegan();
    await pass(50_000);
    expect(room.carried.at(-1)).toBe('sse');
  });

  it('[LV5] below a socket, is stale after 20 s in which no event stream said a word, and after 10 s without an answer to a poll', async () => {
    const { line, follow, desk, type } = aLine();
    desk.probe = 'works';
    const room = follow('room.follow');
    await pass(6_000);
    line.streamBegan();
    line.heard();
    room.up();
    await pass(15_000);
    line.heard();
    await pass(19_000);
    expect(type()).toBe('live');
    await pass(1_000);
    expect(desk.connection).toMatchObject({ type: 'stale', via: 'sse', since: Date.now() - 20_000 });
    line.heard();
    expect(type()).toBe('live');

    [desk.isLockFree, desk.isVisible] = [false, false];
    line.visibilityChanged();
    desk.isVisible = true;
    line.visibilityChanged();
    room.up();
    await pass(9_000);
    expect(type()).toBe('live');
    await pass(1_000);
    expect(desk.connection).toMatchObject({ type: 'stale', via: 'polling' });
    line.heard();
    expect(type()).toBe('live');
  });

  it('[LV6] goes down at once where it is one socket too many, and dials seldom (D6)', async () => {
    const { line, newest, dials, follow, desk } = aLine();
    desk.probe = 'works';
    const room = follow('room.follow');
    newest().closed(CloseCode.tooMany);
    await pass(0);
    expect(room.carried.at(-1)).toBe('sse');
    line.streamBegan();
    room.up();
    expect(desk.connection).toMatchObject({ type: 'live', via: 'sse' });
    await pass(30_000);
    expect(dials).toHaveLength(1);
    await pass(1_000);
    newest().closed(CloseCode.tooMany);
    await pass(59_000);
    expect([dials.length, room.carried.at(-1)]).toEqual([2, 'sse']);
  });

  it('[LV7] where event streams were held back, one tries again with every dial, and the screen polls until it has brought a word (D6)', async () => {
    const { line, newest, dials, follow, desk } = aLine();
    desk.probe = 'works';
    const [room, notices] = [follow('room.follow'), follow('me.follow')];
    await pass(6_000);
    expect(room.carried.at(-1)).toBe('sse');
    await pass(5_000);
    expect([room.carried.at(-1), notices.carried.at(-1)]).toEqual(['polling', 'polling']);
    await pass(50_000);
    newest().closed(1006);
    const before = dials.length;
    await pass(60_000);
    expect(dials).toHaveLength(before + 1);
    expect([room.carried.at(-1), notices.carried.at(-1)]).toEqual(['polling', 'sse']);
    await pass(5_000);
    expect([room.carried.at(-1), notices.carried.at(-1)]).toEqual(['polling', 'polling']);
    newest().closed(1006);
    await pass(60_000);
    line.streamBegan();
    expect([room.carried.at(-1), notices.carried.at(-1)]).toEqual(['sse', 'polling']);
  });

  it('[LV7] tries a socket every minute and when somebody comes back, and goes up by itself (D6)', async () => {
    const { line, newest, dials, follow, desk, type } = aLine();
    desk.probe = 'works';
    const room = follow('room.follow');
    await pass(6_000);
    line.streamBegan();
    room.up();
    expect([dials.length, type()]).toEqual([1, 'live']);
    for (let n = 0; n < 4; n += 1) {
      await pass(15_000);
      line.heard();
    }
    expect([dials.length, type()]).toEqual([2, 'live']);
    newest().closed(1006);
    expect(type()).toBe('live');
    line.nudge('device');
    expect(dials).toHaveLength(3);
    newest().opened();
    expect(room.carried.slice(-2)).toEqual(['sse', 'socket 3']);
    room.up();
    expect(desk.connection).toMatchObject({ type: 'live', via: 'socket' });
  });

  it('[LV4] hurries a stream that waits', () => {
    const { line, newest, follow } = aLine();
    const inbox = follow('inbox.follow');
    newest().opened();
    inbox.down();
    line.nudge('hand');
    expect(inbox.carried).toEqual([null, 'socket 1', 'socket 1']);
  });

  it('[LV1] is offline when polls fail and nobody was heard for 15 s, and live with the next answer (D1)', async () => {
    const { line, follow, desk, type } = aLine();
    desk.probe = 'works';
    const room = follow('room.follow');
    desk.isVisible = false;
    await pass(6_000);
    room.up();
    line.heard();
    desk.probe = 'unreachable';
    room.down();
    await pass(14_000);
    expect(type()).toBe('stale');
    await pass(1_000);
    expect(type()).toBe('offline');
    line.heard();
    room.up();
    expect(type()).toBe('live');
  });
});
