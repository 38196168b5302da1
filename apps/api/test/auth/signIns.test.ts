import { createOTP } from '@better-auth/utils/otp';
import type { Security } from '@sala/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAuth, auditOf, callStatus, cookiesOf, mutate, trySignIn } from '../desk/answers.ts';
import { openDesk, PASSWORD, type TestDesk, type TestOperator } from '../desk/desk.ts';
import { openRawSocket } from '../desk/rawSocket.ts';
import { upTo } from '../desk/rooms.ts';

let desk: TestDesk;
let ada: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  ada = await desk.operator('Ada', 'admin');
});
afterAll(() => desk.close());

const security = async (cookie: string): Promise<Security> => {
  const answer = await fetch(`${desk.url}/trpc/me.security`, { headers: { cookie } });
  return ((await answer.json()) as { result: { data: Security } }).result.data;
};

const WRONG = { code: 'INVALID', issues: [{ code: 'wrong' }] };

describe('Accounts (AC)', () => {
  it('[AC10] one sees where one is signed in, and ends one of them, or all others; of others’ nothing', async () => {
    const [aoi, ken] = [await desk.operator('Aoi'), await desk.operator('Ken')];
    const [here, there, third] = [await desk.signIn(aoi), await desk.signIn(aoi), await desk.signIn(aoi)];
    const foreign = (await security(await desk.signIn(ken))).signIns[0]!.signInId;
    const { signIns } = await security(here);
    expect([signIns.length, signIns.filter(({ current }) => current).length]).toEqual([3, 1]);
    expect(signIns[0]).toMatchObject({ address: '127.0.0.1', userAgent: 'node' });
    const socket = await openRawSocket(desk, there);
    const { signInId } = (await security(there)).signIns.find(({ current }) => current)!;

    expect(await mutate(desk, 'me.endSignIn', { signInId: foreign }, here)).toEqual({ code: 'NOT_FOUND' });
    expect(await mutate(desk, 'me.endSignIn', { signInId }, here)).toMatchObject({ signIns: { length: 2 } });

    expect([await socket.closed, await callStatus(desk, there)]).toEqual([4401, 401]);
    expect(await mutate(desk, 'me.endOtherSignIns', undefined, here)).toMatchObject({ signIns: [{ current: true }] });
    expect([await callStatus(desk, third), await callStatus(desk, here)]).toEqual([401, 200]);
  });

  it('[AC11] of more than twenty sign-ins the one that was idle the longest ends', async () => {
    const mina = await desk.operator('Mina');
    const first = await desk.signIn(mina);
    for (const _more of upTo(20)) await desk.signIn(mina);

    expect([
      await callStatus(desk, first),
      await desk.deps.db.prisma.signIn.count({ where: { userId: mina.operatorId } }),
    ]).toEqual([401, 20]);
  });

  it('[AC12] a sign-in ends after seven days, however much it is used', async () => {
    const noi = await desk.operator('Noi');
    const cookie = await desk.signIn(noi);
    const begun = (ms: number) =>
      desk.deps.db.prisma.signIn.updateMany({
        where: { userId: noi.operatorId },
        data: { createdAt: new Date(Date.now() - ms) },
      });
    const week = 7 * 24 * 3_600_000;

    await begun(week - 60_000);
    expect(await callStatus(desk, cookie)).toBe(200);
    await begun(week + 1);
    expect(await callStatus(desk, cookie)).toBe(401);
  });

  it('[AC13] a new password needs the old one, and ends all other sign-ins', async () => {
    const lek = await desk.operator('Lek');
    const [here, there] = [await desk.signIn(lek), await desk.signIn(lek)];
    const next = 'a better battery staple';

    expect(await mutate(desk, 'me.changePassword', { current: 'not it', next }, here)).toMatchObject(WRONG);
    expect(await mutate(desk, 'me.changePassword', { current: PASSWORD, next }, here)).toMatchObject({
      hasPassword: true,
    });

    expect([await callStatus(desk, here), await callStatus(desk, there)]).toEqual([200, 401]);
    expect((await trySignIn(desk, lek.email, next)).status).toBe(200);
    expect(await auditOf(desk, 'password.changed')).toMatchObject([
      { actorId: lek.operatorId, before: null, after: null },
    ]);
  });

  it('[AC14] sign-ins are written down: who came in, and which address was tried in vain', async () => {
    const som = await desk.operator('Som');
    await desk.signIn(som);
    await trySignIn(desk, 'unknown@desk.test', 'a wrong guess');

    expect((await auditOf(desk, 'signIn.succeeded')).at(-1)).toMatchObject({
      actorId: som.operatorId,
      address: '127.0.0.1',
    });
    expect((await auditOf(desk, 'signIn.failed')).at(-1)).toMatchObject({
      actorId: null,
      subjectId: 'unknown@desk.test',
    });
  });
});

/** Somebody with an authenticator app. */
async function withApp(name: string) {
  const person = await desk.operator(name);
  const cookie = await desk.signIn(person);
  const other = await desk.signIn(person);
  const begun = (await mutate(desk, 'me.beginSecondFactor', { password: PASSWORD }, cookie)) as {
    uri: string;
    backupCodes: string[];
  };
  const secret = fromBase32(new URL(begun.uri).searchParams.get('secret')!);
  const codeAt = (steps: number) => createOTP(secret).hotp(Math.floor(Date.now() / 30_000) + steps);
  return { ...person, cookie, other, backupCodes: begun.backupCodes, codeAt };
}

function fromBase32(text: string): string {
  const bits = text
    .split('')
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  return Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  ).toString('utf8');
}

const verify = (path: 'totp' | 'backup-code', code: string, cookie: string) =>
  askAuth(desk, `two-factor/verify-${path}`, { body: { code }, cookie });

describe('Second factor (AC)', () => {
  it('[AC15] an app is confirmed by its first code, which ends all other sign-ins; from then on a code is asked for', async () => {
    const aoi = await withApp('Aoi2');
    expect((await trySignIn(desk, aoi.email)).headers.getSetCookie()).toContainEqual(expect.stringMatching(/^sala=/));
    expect(await mutate(desk, 'me.confirmSecondFactor', { code: '000000' }, aoi.cookie)).toMatchObject(WRONG);

    expect(await mutate(desk, 'me.confirmSecondFactor', { code: await aoi.codeAt(-1) }, aoi.cookie)).toMatchObject({
      secondFactor: true,
      backupCodes: 10,
    });

    expect([await callStatus(desk, aoi.cookie), await callStatus(desk, aoi.other)]).toEqual([200, 401]);
    const asked = await trySignIn(desk, aoi.email);
    expect([asked.status, await asked.json()]).toEqual([200, { twoFactorRedirect: true }]);
    const challenge = cookiesOf(asked);
    expect(challenge).toMatch(/^sala-challenge=[^;]+$/);
    expect(await callStatus(desk, challenge)).toBe(401);
    expect(await desk.deps.db.prisma.signIn.count({ where: { userId: aoi.operatorId } })).toBe(1);
    const answer = await verify('totp', await aoi.codeAt(0), challenge);
    expect([answer.status, await callStatus(desk, cookiesOf(answer))]).toEqual([200, 200]);
  });

  it('[AC16] a code counts once, also one that confirmed the app', async () => {
    const ken = await withApp('Ken2');
    const code = await ken.codeAt(0);
    await mutate(desk, 'me.confirmSecondFactor', { code }, ken.cookie);
    const challenge = cookiesOf(await trySignIn(desk, ken.email));

    expect((await verify('totp', code, challenge)).status).toBe(401);
    const next = await ken.codeAt(1);
    expect((await verify('totp', next, challenge)).status).toBe(200);
    expect((await verify('totp', next, cookiesOf(await trySignIn(desk, ken.email)))).status).toBe(401);
  });

  it('[AC17] a backup code counts once, also when it is used twice at once', async () => {
    const mina = await withApp('Mina2');
    await mutate(desk, 'me.confirmSecondFactor', { code: await mina.codeAt(0) }, mina.cookie);
    const [code] = mina.backupCodes as [string];
    const [one, two] = [cookiesOf(await trySignIn(desk, mina.email)), cookiesOf(await trySignIn(desk, mina.email))];

    const answers = await Promise.all([verify('backup-code', code, one), verify('backup-code', code, two)]);

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await security(mina.cookie)).toMatchObject({ backupCodes: 9 });
    expect(await auditOf(desk, 'secondFactor.backupCodeUsed')).toMatchObject([{ subjectId: mina.operatorId }]);
  });

  it('[AC18] after five wrong codes the password is asked for again', async () => {
    const noi = await withApp('Noi2');
    await mutate(desk, 'me.confirmSecondFactor', { code: await noi.codeAt(-1) }, noi.cookie);
    const challenge = cookiesOf(await trySignIn(desk, noi.email));
    for (const _try of upTo(5)) await verify('totp', '000000', challenge);

    expect((await verify('totp', await noi.codeAt(0), challenge)).ok).toBe(false);
  });

  it('[AC19] the second factor goes by the password, or by an admin, which ends the sign-ins', async () => {
    const lek = await withApp('Lek2');
    await mutate(desk, 'me.confirmSecondFactor', { code: await lek.codeAt(0) }, lek.cookie);
    expect(await mutate(desk, 'me.endSecondFactor', { password: 'not it' }, lek.cookie)).toMatchObject(WRONG);

    await ada.api.operators.resetSecondFactor({ operatorId: lek.operatorId });

    expect(await callStatus(desk, lek.cookie)).toBe(401);
    const cookie = await desk.signIn(lek);
    expect(await security(cookie)).toMatchObject({ secondFactor: false, backupCodes: 0 });
    expect((await auditOf(desk, 'secondFactor.removed')).at(-1)).toMatchObject({
      actorId: ada.operatorId,
      subjectId: lek.operatorId,
    });
  });

  it('[AC19] nobody without a sign-in or a challenge verifies anything', async () => {
    expect((await verify('totp', '123456', '')).status).toBe(401);
    expect((await verify('backup-code', 'aaaaa-bbbbb', 'sala-challenge=2fa-x.y')).status).toBe(401);
  });
});
