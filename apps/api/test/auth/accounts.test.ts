import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newSetUpCode } from '../../src/account/setUp.ts';
import type { Letter } from '../../src/mail/mail.ts';
import { auditOf, callStatus, mutate, trySignIn } from '../desk/answers.ts';
import { openDesk, PASSWORD, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { openRawSocket } from '../desk/rawSocket.ts';
import { refusalOf } from '../desk/rooms.ts';

const letters: Letter[] = [];
const mail = { send: async (letter: Letter) => void letters.push(letter) };

let desk: TestDesk;
let ada: TestOperator;
let aoi: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped', mail });
  ada = await desk.operator('Ada', 'admin');
  aoi = await desk.operator('Aoi');
});
afterAll(() => desk.close());

const NOT_FOUND = { code: 'NOT_FOUND' };
const tokenIn = (text: string) => /#([\w-]{43})/.exec(text)![1]!;
const invited = async (name: string) => {
  const email = `${name.toLowerCase()}@desk.test`;
  const { link, invitation } = await ada.api.operators.invite({ email, name, role: 'operator' });
  return { email, token: tokenIn(link), invitation };
};
const join = (token: string, name = 'Somebody') => mutate(desk, 'account.join', { token, name, password: PASSWORD });

describe('Accounts (AC)', () => {
  it('[AC1] an admin sees everybody’s account, and nobody else does', async () => {
    expect(await ada.api.operators.accounts()).toContainEqual({
      operatorId: aoi.operatorId,
      name: 'Aoi',
      email: 'aoi@desk.test',
      role: 'operator',
      service: false,
      banned: false,
      secondFactor: false,
      signIns: 0,
      usedAt: null,
    });
    const { operatorId } = ada;
    for (const refused of [
      aoi.api.operators.accounts(),
      aoi.api.operators.change({ operatorId, name: 'X' }),
      aoi.api.operators.endSignIns({ operatorId }),
      aoi.api.operators.resetLink({ operatorId }),
      aoi.api.operators.resetSecondFactor({ operatorId }),
      aoi.api.operators.invite({ email: 'x@desk.test', name: 'X', role: 'admin' }),
      aoi.api.operators.invitations(),
      aoi.api.operators.withdraw({ invitationId: 'x' }),
    ])
      expect(await refusalOf(refused)).toEqual({ code: 'NOT_ALLOWED' });
  });

  it('[AC2] an admin changes a name and a role; sockets come in again, and what changed is written down', async () => {
    const ken = await desk.operator('Ken');
    const socket = await openRawSocket(desk, await desk.cookieOf(ken));

    await ada.api.operators.change({ operatorId: ken.operatorId, name: 'Kenji', role: 'supervisor' });

    expect(await socket.closed).toBe(4402);
    expect(await ada.api.operators.list()).toContainEqual({
      operatorId: ken.operatorId,
      name: 'Kenji',
      role: 'supervisor',
    });
    expect((await auditOf(desk, 'account.changed')).at(-1)).toMatchObject({
      actorId: ada.operatorId,
      subjectId: ken.operatorId,
      before: { name: 'Ken', role: 'operator' },
      after: { name: 'Kenji', role: 'supervisor' },
    });
  });

  it.each([[{ role: 'operator' as const }], [{ banned: true }]])(
    '[AC3] nobody changes their own role or bans themselves: %o',
    async (change) => {
      expect(await refusalOf(ada.api.operators.change({ operatorId: ada.operatorId, ...change }))).toMatchObject({
        code: 'INVALID',
        issues: [{ code: 'self' }],
      });
    },
  );

  it('[AC3] of two admins who demote each other one stays', async () => {
    const bea = await desk.operator('Bea', 'admin');
    const outcomes = await Promise.allSettled([
      ada.api.operators.change({ operatorId: bea.operatorId, role: 'operator' }),
      bea.api.operators.change({ operatorId: ada.operatorId, role: 'operator' }),
    ]);

    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await desk.deps.db.prisma.operator.count({ where: { role: 'admin' } })).toBe(1);
    await desk.deps.db.prisma.operator.update({ where: { id: ada.operatorId }, data: { role: 'admin' } });
  });

  it('[AC4] who is banned is out at once, signs in no more with the answer of a wrong password, and comes back when let in', async () => {
    const mina = await desk.operator('Mina');
    const cookie = await desk.signIn(mina);
    const socket = await openRawSocket(desk, cookie);

    await ada.api.operators.change({ operatorId: mina.operatorId, banned: true });

    expect([await socket.closed, await callStatus(desk, cookie)]).toEqual([4403, 401]);
    const [banned, wrong] = [await trySignIn(desk, mina.email), await trySignIn(desk, aoi.email, 'not the password')];
    expect([banned.status, await banned.text()]).toEqual([wrong.status, await wrong.text()]);
    expect(await auditOf(desk, 'account.banned')).toMatchObject([{ subjectId: mina.operatorId }]);
    await ada.api.operators.change({ operatorId: mina.operatorId, banned: false });
    expect([await callStatus(desk, cookie), (await trySignIn(desk, mina.email)).status]).toEqual([401, 200]);
  });

  it('[AC5] an invitation brings one person in, once; its secret is behind the # and kept as a digest', async () => {
    const { email, token } = await invited('Noi');

    expect(letters.at(-1)).toMatchObject({
      to: email,
      text: expect.stringContaining(`http://desk.test/join#${token}`),
    });
    expect(JSON.stringify(await desk.deps.db.prisma.link.findMany())).not.toContain(token);
    expect(await mutate(desk, 'account.invitation', { token })).toEqual({ email, name: 'Noi' });
    const both = await Promise.all([join(token, 'Noi'), join(token, 'Noi')]);
    expect(both).toEqual(expect.arrayContaining([{ email }, NOT_FOUND]));
    expect(await join(token)).toEqual(NOT_FOUND);
    expect((await trySignIn(desk, email)).status).toBe(200);
    expect(await auditOf(desk, 'account.joined')).toMatchObject([
      { subjectName: 'Noi', after: { email, role: 'operator' } },
    ]);
  });

  it('[AC6] an invitation that was withdrawn, replaced or has run out is nothing, and an address that is taken is refused', async () => {
    const [first, second, third] = [await invited('Lek'), await invited('Lek'), await invited('Som')];
    expect(await ada.api.operators.invitations()).toHaveLength(2);

    await ada.api.operators.withdraw({ invitationId: third.invitation.invitationId });
    await desk.deps.db.prisma.link.updateMany({
      where: { id: second.invitation.invitationId },
      data: { expiresAt: new Date(Date.now() - 1) },
    });

    expect([await join(first.token), await join(second.token), await join(third.token)]).toEqual([
      NOT_FOUND,
      NOT_FOUND,
      NOT_FOUND,
    ]);
    expect(await ada.api.operators.invitations()).toEqual([]);
    const again = ada.api.operators.invite({ email: aoi.email, name: 'Aoi', role: 'admin' });
    expect(await refusalOf(again)).toMatchObject({ code: 'INVALID', issues: [{ path: 'email', code: 'taken' }] });
  });

  it('[AC7] who forgot their password gets a link by mail; who is unknown gets the same answer and none', async () => {
    const before = letters.length;
    const answers = [
      await mutate(desk, 'account.forgot', { email: 'nobody@desk.test' }),
      await mutate(desk, 'account.forgot', { email: aoi.email }),
    ];

    expect(answers).toEqual([undefined, undefined]);
    await vi.waitFor(() => expect(letters.length).toBe(before + 1), WAIT);
    expect(letters.at(-1)!.to).toBe(aoi.email);
  });

  it('[AC7] in a quarter of an hour one gets three such letters, of which any works, and then none does', async () => {
    const nan = await desk.operator('Nan');
    const theirs = () => letters.filter(({ to }) => to === nan.email);
    for (const count of [1, 2, 3, 3]) {
      expect(await mutate(desk, 'account.forgot', { email: nan.email })).toBeUndefined();
      await vi.waitFor(() => expect(theirs()).toHaveLength(count), WAIT);
    }
    const [first, second] = theirs().map(({ text }) => tokenIn(text)) as [string, string];

    expect(await mutate(desk, 'account.reset', { token: first, password: PASSWORD })).toEqual({ email: nan.email });
    expect(await mutate(desk, 'account.reset', { token: second, password: PASSWORD })).toEqual(NOT_FOUND);
  });

  it('[AC8] a new password by a link, once, ends all sign-ins; an admin may make the link', async () => {
    const cookie = await desk.signIn(aoi);
    const { link } = await ada.api.operators.resetLink({ operatorId: aoi.operatorId });
    const token = tokenIn(link);
    const password = 'another battery staple';

    expect(await mutate(desk, 'account.resetMeant', { token })).toEqual({ email: aoi.email });
    expect(await mutate(desk, 'account.reset', { token, password })).toEqual({ email: aoi.email });

    expect(await mutate(desk, 'account.reset', { token, password: PASSWORD })).toEqual(NOT_FOUND);
    expect([await callStatus(desk, cookie), (await trySignIn(desk, aoi.email)).status]).toEqual([401, 401]);
    expect((await trySignIn(desk, aoi.email, password)).status).toBe(200);
    expect((await auditOf(desk, 'password.reset')).at(-1)).toMatchObject({ subjectId: aoi.operatorId, actorId: null });
  });

  it('[AC8] a link of one kind is none of the other', async () => {
    const { token } = await invited('Kai');
    const { link } = await ada.api.operators.resetLink({ operatorId: aoi.operatorId });

    expect(await mutate(desk, 'account.reset', { token, password: PASSWORD })).toEqual(NOT_FOUND);
    expect(await join(tokenIn(link))).toEqual(NOT_FOUND);
  });
});

describe('Accounts (AC) of a desk that has nobody', () => {
  let empty: TestDesk;
  beforeAll(async () => {
    empty = await openDesk({ jobs: 'stopped' });
  });
  afterAll(() => empty.close());

  it('[AC9] the first admin comes in by the code that the server prints, once, while the desk has nobody', async () => {
    const code = (await newSetUpCode(empty.deps))!;
    const person = { email: 'first@desk.test', name: 'First', password: PASSWORD };

    expect(code).toMatch(/^[\w-]{22}$/);
    expect(await mutate(empty, 'account.setUp', { ...person, code: 'guess' })).toEqual(NOT_FOUND);
    const both = await Promise.all([
      mutate(empty, 'account.setUp', { ...person, code }),
      mutate(empty, 'account.setUp', { ...person, email: 'second@desk.test', code }),
    ]);
    expect(both).toContainEqual(NOT_FOUND);
    expect(await empty.deps.db.prisma.operator.findMany()).toMatchObject([{ role: 'admin' }]);
    expect(await newSetUpCode(empty.deps)).toBeNull();
    const welcome = await fetch(`${empty.url}/trpc/account.welcome`);
    expect(await welcome.json()).toEqual({
      result: { data: { needsSetUp: false, oidc: null, passkeys: false, mail: false } },
    });
  });
});
