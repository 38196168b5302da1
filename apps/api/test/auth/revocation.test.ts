import { type OperatorId, type Role } from '@sala/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type TestDesk, type TestOperator } from '../desk/desk.ts';
import { openEventStream } from '../desk/eventStream.ts';
import { openRawSocket, upgradeStatus } from '../desk/rawSocket.ts';

let desk: TestDesk;
let aoi: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
});
afterAll(() => desk.close());

const signOut = (cookie: string) =>
  fetch(`${desk.url}/api/auth/sign-out`, {
    method: 'POST',
    headers: { cookie, origin: desk.publicUrl, 'content-type': 'application/json' },
    body: '{}',
  });

const become = (operatorId: OperatorId, change: { role?: Role; banned?: boolean }) =>
  desk.deps.db.prisma.operator.update({ where: { id: operatorId }, data: change });

describe('Revocation (RV)', () => {
  it('[RV1] who signs out is closed at once, with 4401, and the other browsers of the same person stay', async () => {
    const [goes, stays] = [await desk.signIn(aoi), await desk.signIn(aoi)];
    const [theirs, mine] = [await openRawSocket(desk, goes), await openRawSocket(desk, stays)];

    const began = performance.now();
    await signOut(goes);

    expect(await theirs.closed).toBe(4401);
    expect([performance.now() - began < 2_000, mine.ws.readyState]).toEqual([true, mine.ws.OPEN]);
    mine.ws.terminate();
  });

  it('[RV1] their streams over HTTP end, too, and the next is refused', async () => {
    const cookie = await desk.signIn(aoi);
    const stream = await openEventStream(desk, 'presence.follow', { cookie, input: {} });
    expect(stream.status).toBe(200);

    await signOut(cookie);

    await stream.ended;
    const next = await openEventStream(desk, 'presence.follow', { cookie, input: {} });
    await next.ended;
    expect(next.said.at(-1)).toMatchObject({
      name: 'serialized-error',
      data: { data: { refusal: { code: 'NOT_SIGNED_IN' } } },
    });
  });

  it('[RV2] whose role or teams changed is closed with 4402, and comes in again as who they are now', async () => {
    const ken = await desk.operator('Ken');
    const cookie = await desk.signIn(ken);
    const socket = await openRawSocket(desk, cookie);
    await become(ken.operatorId, { role: 'supervisor' });

    desk.deps.revocation.rightsChanged([ken.operatorId]);

    expect(await socket.closed).toBe(4402);
    expect(await upgradeStatus(desk, { cookie })).toBe(101);
  });

  it('[RV3] who is banned is closed with 4403, and does not come in again', async () => {
    const mina = await desk.operator('Mina');
    const cookie = await desk.signIn(mina);
    const socket = await openRawSocket(desk, cookie);
    await become(mina.operatorId, { banned: true });

    desk.deps.revocation.ended({ operatorId: mina.operatorId });

    expect(await socket.closed).toBe(4403);
    expect(await upgradeStatus(desk, { cookie })).toBe(401);
  });

  it('[RV4] what was told while somebody was let in counts for them: they are asked about once more', async () => {
    const noi = await desk.operator('Noi');
    const cookie = await desk.signIn(noi);
    const { pool } = desk.deps.db;
    // Between the question who they are and the open socket: the answer is on its way, and no longer true.
    const known = await desk.auth.identityOf(new Headers({ cookie }));
    await pool.query('update "Operator" set banned = true where id = $1', [noi.operatorId]);
    desk.deps.revocation.ended({ operatorId: noi.operatorId });
    const { identityOf } = desk.auth;
    let asked = 0;
    desk.auth.identityOf = async (headers) => ((asked += 1) === 1 ? known : identityOf(headers));

    const socket = await openRawSocket(desk, cookie).finally(() => undefined);

    expect(await socket.closed).toBe(4401);
    desk.auth.identityOf = identityOf;
  });

  it.each([
    ['a role that changed', { role: 'supervisor' as const }, 4402],
    ['a ban', { banned: true }, 4401],
  ])(
    '[RV5] a server that was not told of %s finds out when it looks: after messages were lost',
    async (_what, change, code) => {
      const name = `Ann${code}`;
      const ann = await desk.operator(name);
      const socket = await openRawSocket(desk, await desk.signIn(ann));
      await become(ann.operatorId, change);

      desk.deps.bus.doubt();

      expect(await socket.closed).toBe(code);
    },
  );
});
