import { CloseCode } from '@sala/contracts';
import { observable } from '@trpc/server/observable';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Dialler } from './dialler.ts';
import type { SocketEars } from './socket.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('[LV3] dials at once when role or teams have changed, and has everything fetched anew', async () => {
  const dials: SocketEars[] = [];
  const identityChanged = vi.fn<() => void>();
  const nothing = () => {};
  const dialler = new Dialler(
    (ears) => {
      dials.push(ears);
      return { link: () => observable(nothing), ask: nothing, hangUp: nothing };
    },
    {
      dialled: nothing,
      opened: nothing,
      heard: nothing,
      doubted: nothing,
      closed: nothing,
      failed: nothing,
      identityChanged,
      ended: nothing,
    },
    () => 1,
  );
  dialler.start();
  dials[0]?.opened();

  dials[0]?.closed(CloseCode.identityChanged);

  expect(identityChanged).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(0);
  expect(dials).toHaveLength(2);
  dialler.stop();
});
