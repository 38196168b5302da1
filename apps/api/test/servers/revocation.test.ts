import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { openRawSocket, upgradeStatus } from '../desk/rawSocket.ts';

const redisUrl = process.env.TEST_REDIS_URL!;

/** Two servers of one desk. */
let one: TestDesk;
let two: TestDesk;
let aoi: TestOperator;
beforeAll(async () => {
  one = await openDesk({ jobs: 'stopped', redisUrl });
  two = await openDesk({ jobs: 'stopped', redisUrl, beside: one });
  await vi.waitUntil(() => one.peers() > 0 && two.peers() > 0, WAIT);
  aoi = await one.operator('Aoi');
});
afterAll(async () => {
  await two.close();
  await one.close();
});

describe('Revocation (RV)', () => {
  it('[RV1] a sign-out at one server closes the sockets at the other within 2 s', async () => {
    const cookie = await one.signIn(aoi);
    const sockets = [await openRawSocket(one, cookie), await openRawSocket(two, cookie)];

    const began = performance.now();
    await fetch(`${one.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie, origin: one.publicUrl, 'content-type': 'application/json' },
      body: '{}',
    });

    expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4401, 4401]);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(await upgradeStatus(two, { cookie })).toBe(401);
  });
});
