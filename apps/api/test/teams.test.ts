import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { releaseLeftBehind } from '../src/team/release.ts';
import { CHANNEL, openDesk, type TestDesk, type TestOperator, WAIT } from './desk/desk.ts';
import { newRoom, refusalOf, typesOf } from './desk/rooms.ts';
import { inTeams, newTeam, teamed, teamRoom } from './desk/teams.ts';

let desk: TestDesk;
let [aoi, ken]: TestOperator[] = [];
let chief: TestOperator;
let admin: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  [aoi, ken] = [await desk.operator('Aoi'), await desk.operator('Ken')];
  chief = await desk.operator('Chief', 'supervisor');
  admin = await desk.operator('Admin', 'admin');
});
afterAll(() => desk.close());

const teamsOf = async (conversationId: string) =>
  (await desk.log(conversationId)).flatMap(({ fact }) =>
    fact.type === 'conversation.teamed' ? [[fact.teamId, fact.by]] : [],
  );

describe('Teams (TE)', () => {
  it('[TE1] an admin makes, changes and ends teams, and all of it is in the audit log', async () => {
    const { teams } = admin.api;

    const made = await teams.add({ name: 'Sales', memberIds: [aoi!.operatorId, aoi!.operatorId] });
    const { teamId } = made;
    const changed = await teams.change({ teamId, name: 'Shop', memberIds: [ken!.operatorId] });
    const kept = await teams.change({ teamId, name: 'The shop' });
    await teams.remove({ teamId });

    expect(made).toEqual({ teamId, name: 'Sales', memberIds: [aoi!.operatorId] });
    expect(changed).toEqual({ teamId, name: 'Shop', memberIds: [ken!.operatorId] });
    expect(kept).toEqual({ teamId, name: 'The shop', memberIds: [ken!.operatorId] });
    expect((await teams.list()).map((team) => team.teamId)).not.toContain(teamId);
    const lines = await desk.deps.db.prisma.auditEntry.findMany({
      where: { subjectId: teamId },
      orderBy: { id: 'asc' },
    });
    expect(lines.map(({ action, actorId, before, after }) => ({ action, actorId, before, after }))).toEqual([
      { action: 'team.added', actorId: admin.operatorId, before: null, after: made },
      { action: 'team.changed', actorId: admin.operatorId, before: made, after: changed },
      { action: 'team.changed', actorId: admin.operatorId, before: changed, after: kept },
      { action: 'team.removed', actorId: admin.operatorId, before: kept, after: null },
    ]);
  });

  it('[TE1] a name that is taken, somebody who is not on the desk, and a team that is not there', async () => {
    const { teams } = admin.api;
    const teamId = await newTeam(desk, 'Taken');
    const other = await newTeam(desk, 'Other');

    const taken = { code: 'INVALID', issues: [{ path: 'name', code: 'taken' }] };
    expect(await refusalOf(teams.add({ name: ' Taken ' }))).toMatchObject(taken);
    expect(await refusalOf(teams.change({ teamId: other, name: 'Taken' }))).toMatchObject(taken);
    const unknown = { code: 'INVALID', issues: [{ path: 'memberIds', code: 'unknown' }] };
    expect(await refusalOf(teams.add({ name: 'New', memberIds: ['nobody'] }))).toMatchObject(unknown);
    expect(await refusalOf(teams.change({ teamId, memberIds: ['nobody'] }))).toMatchObject(unknown);
    expect(await refusalOf(teams.change({ teamId: 'none', name: 'x' }))).toEqual({ code: 'NOT_FOUND' });
    expect(await refusalOf(teams.remove({ teamId: 'none' }))).toEqual({ code: 'NOT_FOUND' });
  });

  it('[TE2] everybody on the desk is told which teams there are; admins alone change them', async () => {
    const teamId = await newTeam(desk, 'Known', [aoi!]);

    for (const one of [aoi!, chief]) {
      expect(await one.api.teams.list()).toContainEqual({ teamId, name: 'Known', memberIds: [aoi!.operatorId] });
      for (const asked of [
        one.api.teams.add({ name: 'Mine' }),
        one.api.teams.change({ teamId, name: 'Mine' }),
        one.api.teams.remove({ teamId }),
        one.api.channels.setTeam({ channelId: CHANNEL.id, teamId }),
        one.api.settings.change({ unassigned: 'supervisors' }),
      ]) {
        expect(await refusalOf(asked)).toEqual({ code: 'NOT_ALLOWED' });
      }
    }
  });

  it('[TE3] who holds a conversation gives it to any team, a supervisor to one that they see, and once is enough', async () => {
    const [here, there] = [await newTeam(desk, 'Here', [aoi!, chief]), await newTeam(desk, 'There', [])];
    const held = await teamRoom(desk, here, aoi);
    const waiting = await teamRoom(desk, here);
    const byChief = inTeams(desk, chief, here);

    await inTeams(desk, aoi!, here).room.assignTeam({ ...held, teamId: there });
    await inTeams(desk, aoi!, here).room.assignTeam({ ...held, teamId: there });
    await byChief.room.assignTeam({ ...waiting, teamId: null });

    expect(await teamsOf(held.conversationId)).toEqual([
      [here, null],
      [there, aoi!.operatorId],
    ]);
    expect(await teamsOf(waiting.conversationId)).toEqual([
      [here, null],
      [null, chief.operatorId],
    ]);
    const no = { code: 'NOT_ALLOWED' };
    expect(await refusalOf(byChief.room.assignTeam({ ...waiting, teamId: there }))).toEqual(no);
    expect(await refusalOf(inTeams(desk, aoi!, here).room.assignTeam({ ...waiting, teamId: here }))).toEqual(no);
    expect(await refusalOf(byChief.room.assignTeam({ ...waiting, teamId: 'none' }))).toEqual({ code: 'NOT_FOUND' });
  });

  it('[TE4] a new conversation begins with the team of its channel, and one that is there stays as it is', async () => {
    const teamId = await newTeam(desk, 'Of the channel');
    const before = await desk.waiting('Before');
    await admin.api.channels.setTeam({ channelId: CHANNEL.id, teamId });

    const { conversationId } = await desk.waiting('After');
    await before.customer.says('again');
    await vi.waitFor(async () => expect((await desk.log(before.conversationId)).length).toBeGreaterThan(3), WAIT);

    const [first, second] = await desk.log(conversationId);
    expect([first!.fact, first!.seq]).toEqual([{ type: 'conversation.teamed', teamId, by: null }, 1]);
    expect([second!.fact.type, second!.at]).toEqual(['customer.wrote', first!.at]);
    expect(typesOf(await desk.log(before.conversationId))).not.toContain('conversation.teamed');
    expect((await admin.api.room.get({ conversationId })).head.teamId).toBe(teamId);
    expect((await admin.api.channels.list())[0]).toMatchObject({ teamId });
    expect(await refusalOf(admin.api.channels.setTeam({ channelId: CHANNEL.id, teamId: 'none' }))).toEqual({
      code: 'NOT_FOUND',
    });
    await admin.api.channels.setTeam({ channelId: CHANNEL.id, teamId: null });
  });

  it('[TE5] what belonged to a team that is ended belongs to nobody in particular, also what comes late', async () => {
    const teamId = await newTeam(desk, 'Short lived', [aoi!]);
    const rooms = await Promise.all(Array.from({ length: 105 }, () => newRoom(desk, [teamed(teamId)])));

    await admin.api.teams.remove({ teamId });
    const left = () => desk.deps.db.prisma.conversation.count({ where: { teamId } });
    const afterwards = await left();
    const late = await newRoom(desk, [teamed(teamId)]);
    await releaseLeftBehind(desk.deps);

    expect([afterwards, await left(), await releaseLeftBehind(desk.deps)]).toEqual([5, 0, 0]);
    const by = (await Promise.all([...rooms, late].map(({ conversationId }) => teamsOf(conversationId)))).map((teams) =>
      teams.at(-1)!,
    );
    expect(by.filter(([team]) => team !== null)).toEqual([]);
    expect(by.filter(([, who]) => who === admin.operatorId)).toHaveLength(100);
    const subjectId = { in: rooms.map(({ conversationId }) => conversationId) };
    const where = { action: 'conversation.teamed', subjectId, actorId: admin.operatorId };
    expect(await desk.deps.db.prisma.auditEntry.count({ where })).toBe(100);
  });

  it('[TE6] who joins or leaves a team is connected anew, and sees what they see now', async () => {
    const teamId = await newTeam(desk, 'Joined');
    const { conversationId } = await teamRoom(desk, teamId);
    const rina = await desk.operator('Rina');
    const client = await desk.connect(rina);
    const counts: number[] = [];
    client.api.inbox.follow.subscribe(
      { view: 'all' },
      { onData: (all) => all.forEach((one) => void (one.type === 'counts' && counts.push(one.counts.all))) },
    );
    await vi.waitFor(() => expect(counts).toHaveLength(1), WAIT);
    const sees = () =>
      client.api.room.get.query({ conversationId }).then(
        () => true,
        () => false,
      );

    const before = await sees();
    await admin.api.teams.change({ teamId, memberIds: [rina.operatorId] });
    await vi.waitFor(() => expect(counts.at(-1)).toBe(counts[0]! + 1), WAIT);
    const inside = await sees();
    await admin.api.teams.change({ teamId, memberIds: [] });
    await vi.waitFor(() => expect([client.dials(), counts.at(-1)]).toEqual([3, counts[0]]), WAIT);

    expect([before, inside, await sees()]).toEqual([false, true, false]);
    client.close();
  });

  it('[TE7] who sees what belongs to no team is a setting of the desk, changed by an admin and written down', async () => {
    const client = await desk.connect(ken!);
    let starts = 0;
    client.api.inbox.follow.subscribe({ view: 'all' }, { onStarted: () => (starts += 1) });
    await vi.waitFor(() => expect(starts).toBe(1), WAIT);

    const changed = await admin.api.settings.change({ unassigned: 'supervisors' });
    await vi.waitFor(() => expect(starts).toBe(2), WAIT);

    expect([changed, await ken!.api.settings.get()]).toEqual([{ unassigned: 'supervisors' }, changed]);
    const line = await desk.deps.db.prisma.auditEntry.findFirst({ where: { action: 'settings.changed' } });
    expect(line).toMatchObject({ before: { unassigned: 'everybody' }, after: { unassigned: 'supervisors' } });
    await admin.api.settings.change({ unassigned: 'everybody' });
    client.close();
  });
});
