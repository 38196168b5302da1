import type { Operator, Scope } from '@sala/contracts';
import { Scope as Scopes } from '@sala/contracts';
import type { TestDesk, TestOperator } from '../desk/desk.ts';
import { newTeam } from '../desk/teams.ts';

/** Every kind of caller. The subjects of the matrix belong to a team: `member`, `holder` and `supervisor` are in it, the foreign ones in another. */
export const WHO = [
  'nobody',
  'banned',
  'foreign',
  'member',
  'holder',
  'supervisor',
  'foreignSupervisor',
  'admin',
  'keyWithout',
  'keyWith',
] as const;
export type Who = (typeof WHO)[number];

/** Headers that say who asks. The keys are an admin's: one has a single scope, the other all but that one. */
export type Callers = {
  headersOf: (who: Who, scope: Scope | null) => Record<string, string>;
  people: Record<Exclude<Who, 'nobody' | 'keyWithout' | 'keyWith'>, Operator>;
  /** Somebody of the team who never asks for anything. */
  mate: Operator;
  teamId: string;
};

export async function callersOf(desk: TestDesk): Promise<Callers> {
  const people = {
    banned: await desk.operator('Banned'),
    foreign: await desk.operator('Foreign'),
    member: await desk.operator('Member'),
    holder: await desk.operator('Holder'),
    supervisor: await desk.operator('Supervisor', 'supervisor'),
    foreignSupervisor: await desk.operator('Foreign-supervisor', 'supervisor'),
    admin: await desk.operator('Admin', 'admin'),
  };
  const mate = await desk.operator('Mate');
  const teamId = await newTeam(desk, 'Ours', [people.member, people.holder, people.supervisor, mate]);
  await newTeam(desk, 'Theirs', [people.foreign, people.foreignSupervisor]);
  const cookies = new Map<Who, string>();
  for (const [who, operator] of Object.entries(people)) cookies.set(who as Who, await desk.cookieOf(operator));
  await desk.deps.db.prisma.operator.update({ where: { id: people.banned.operatorId }, data: { banned: true } });
  const keys = await keysOf(people.admin);
  return {
    people,
    mate,
    teamId,
    headersOf: (who, scope): Record<string, string> => {
      if (who === 'nobody') return {};
      if (who === 'keyWith') return { 'x-api-key': keys.get(`only ${scope}`)! };
      if (who === 'keyWithout') return { 'x-api-key': keys.get(`all but ${scope}`)! };
      return { cookie: cookies.get(who)!, origin: desk.publicUrl };
    },
  };
}

/** Where no scope opens a procedure, `only` that is all of them, and none may open it. */
async function keysOf({ api }: TestOperator): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  for (const scope of [...Scopes.options, null]) {
    const only = scope ? [scope] : [...Scopes.options];
    const allBut = Scopes.options.filter((one) => one !== scope);
    for (const [name, scopes] of [
      [`only ${scope}`, only],
      [`all but ${scope}`, allBut],
    ] as const) {
      keys.set(name, (await api.keys.add({ name, scopes: [...scopes], days: 1 })).secret);
    }
  }
  return keys;
}
