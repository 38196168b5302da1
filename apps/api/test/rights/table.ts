import { randomUUID } from 'node:crypto';
import type { ConversationId, Operator, RefusalCode, Scope } from '@sala/contracts';
import { CHANNEL, type TestDesk } from '../desk/desk.ts';
import { message } from '../desk/rooms.ts';
import { teamRoom } from '../desk/teams.ts';
import type { Callers, Who } from './callers.ts';

export type Outcome = 'ok' | RefusalCode;

/** What an input is made of, anew for every call: the matrix does what it is allowed to. */
export type At = { desk: TestDesk; callers: Callers };

/**
 * One procedure: which scope a key needs (null: no key may), an input that is right, and what becomes of it for each
 * kind of caller. A key with the scope is an admin's; without it the answer is NOT_ALLOWED.
 */
export type Row = {
  scope: Scope | null;
  input?: (at: At) => unknown;
  /** Who asks, where it is not everybody. */
  asking?: readonly Who[];
  outcomes: Record<Exclude<Who, 'keyWithout' | 'keyWith'>, Outcome> &
    Partial<Record<'keyWithout' | 'keyWith', Outcome>>;
};

const OUT = { nobody: 'NOT_SIGNED_IN', banned: 'NOT_SIGNED_IN' } as const;

/** Everybody on the desk is answered alike. */
const all = (outcome: Outcome): Row['outcomes'] => ({
  ...OUT,
  foreign: outcome,
  member: outcome,
  holder: outcome,
  supervisor: outcome,
  foreignSupervisor: outcome,
  admin: outcome,
});

const everybody = (scope: Scope | null, input?: Row['input'], outcome: Outcome = 'ok'): Row => ({
  scope,
  ...(input && { input }),
  outcomes: all(outcome),
});

const admins = (scope: Scope | null, input?: Row['input'], outcome: Outcome = 'ok'): Row => ({
  scope,
  ...(input && { input }),
  outcomes: { ...all('NOT_ALLOWED'), admin: outcome },
});

/**
 * Who is not signed in asks as well: whoever asks is answered alike, but over a socket, which nobody opens unknown. Some
 * stand for all, because calls of one address are counted.
 */
const anybody = (outcome: Outcome, input?: Row['input']): Row => ({
  scope: null,
  asking: ['nobody', 'member', 'keyWith'],
  ...(input && { input }),
  outcomes: { ...all(outcome), nobody: outcome, banned: outcome, keyWithout: outcome, keyWith: outcome },
});

type OfTeam = Record<'member' | 'holder' | 'supervisor' | 'admin', Outcome>;

/** About a conversation of the team: for everybody else there is none. */
const room = (scope: Scope, input: Row['input'], ofTeam: Partial<OfTeam> = {}): Row => ({
  scope,
  ...(input && { input }),
  outcomes: { ...all('ok'), ...ofTeam, foreign: 'NOT_FOUND', foreignSupervisor: 'NOT_FOUND' },
});

type Rest = Record<string, unknown>;
const held =
  (rest: (at: At) => Rest = () => ({})) =>
  async (at: At) => ({ ...(await roomOf(at, at.callers.people.holder)), ...rest(at) });
const waiting = async (at: At) => roomOf(at);

const roomOf = ({ desk, callers }: At, heldBy?: Operator): Promise<{ conversationId: ConversationId }> =>
  teamRoom(desk, callers.teamId, heldBy);

/** A message of the holder's that LINE refused. */
async function notSent(at: At) {
  const { conversationId } = await roomOf(at, at.callers.people.holder);
  const messageId = randomUUID();
  const { operatorId } = at.callers.people.holder;
  const content = { type: 'text' as const, text: 'hello' };
  await at.desk.deps.rooms.change({ conversationId }, () => [
    { type: 'operator.wrote', messageId, content, operatorId },
  ]);
  const failure = { status: 400, message: 'no', certain: true };
  await at.desk.deps.rooms.change({ conversationId }, () => [{ type: 'delivery.failed', messageId, failure }]);
  return { conversationId, messageId };
}

const freshName = () => `New ${randomUUID().slice(0, 8)}`;
const freshEmail = () => `${randomUUID()}@desk.test`;
const mate = ({ callers }: At) => ({ operatorId: callers.mate.operatorId });
const PASSWORD = 'correct horse battery staple';
const NO_TOKEN = 'x'.repeat(43);

async function freshTeam({ desk }: At) {
  const { id: teamId } = await desk.deps.db.prisma.team.create({ data: { id: randomUUID(), name: freshName() } });
  return { teamId };
}

/** Every procedure and stream there is. One without a row fails: nothing is open because it was forgotten. */
export const TABLE: Record<string, Row> = {
  'me.get': everybody('read'),
  'me.follow': everybody('read'),
  'me.changeSettings': everybody(null, () => ({ theme: 'dark' })),

  'inbox.list': everybody('read', () => ({ view: 'all' })),
  'inbox.counts': everybody('read'),
  'inbox.follow': everybody('read', () => ({ view: 'all' })),

  'room.get': room('read', held()),
  'room.history': room(
    'read',
    held(() => ({ before: 100 })),
  ),
  'room.follow': room(
    'read',
    held(() => ({ lastEventId: 0 })),
  ),
  'room.presence': room('read', held()),
  'room.typing': room(
    'write',
    held(() => ({ typing: true })),
  ),
  'room.claim': room('write', waiting),
  'room.send': room(
    'write',
    held(() => message('hello')),
    {
      member: 'NOT_YOURS',
      supervisor: 'NOT_YOURS',
      admin: 'NOT_YOURS',
    },
  ),
  'room.retry': room('write', notSent, { member: 'NOT_ALLOWED' }),
  'room.transfer': room(
    'write',
    held(({ callers }) => ({ to: callers.mate.operatorId, note: '' })),
    {
      member: 'NOT_YOURS',
    },
  ),
  'room.close': room('write', held(), { member: 'NOT_YOURS' }),
  'room.assignTeam': room(
    'write',
    held(() => ({ teamId: null })),
    { member: 'NOT_ALLOWED' },
  ),

  'customer.get': room('read', held()),

  'presence.follow': everybody('read'),
  'presence.set': everybody('write', () => ({ availability: 'away' })),

  'operators.list': everybody('read'),
  'operators.add': admins(null, () => ({
    name: freshName(),
    email: freshEmail(),
    password: PASSWORD,
    role: 'operator',
  })),
  'operators.addService': admins('manage', () => ({ name: freshName(), role: 'operator' })),
  'operators.accounts': admins('manage'),
  'operators.change': admins('manage', (at) => ({ ...mate(at), name: 'Mate' })),
  'operators.endSignIns': admins('manage', mate),
  'operators.resetSecondFactor': admins(null, mate),
  'operators.resetLink': admins(null, mate),
  'operators.invite': admins(null, () => ({ name: freshName(), email: freshEmail(), role: 'operator' })),
  'operators.invitations': admins('manage'),
  'operators.withdraw': admins('manage', () => ({ invitationId: 'none' }), 'NOT_FOUND'),

  'channels.list': admins('manage'),
  'channels.configureBot': admins('manage', () => ({ channelId: CHANNEL.id, bot: {} })),
  'channels.setTeam': admins('manage', () => ({ channelId: CHANNEL.id, teamId: null })),

  'teams.list': everybody('read'),
  'teams.add': admins('manage', () => ({ name: freshName() })),
  'teams.change': admins('manage', freshTeam),
  'teams.remove': admins('manage', freshTeam),

  'settings.get': everybody('read'),
  'settings.change': admins('manage', () => ({})),

  'keys.list': everybody(null),
  'keys.add': everybody(null, () => ({ name: 'mine', scopes: ['read'], days: 1 })),
  'keys.remove': everybody(null, () => ({ keyId: 'none' }), 'NOT_FOUND'),

  'audit.list': admins('audit', () => ({})),
  'audit.export': admins('audit', () => ({})),

  'me.security': everybody(null),
  'me.changePassword': everybody(null, () => ({ current: 'wrong', next: 'another long password' }), 'INVALID'),
  'me.endSignIn': everybody(null, () => ({ signInId: 'none' }), 'NOT_FOUND'),
  'me.endOtherSignIns': everybody(null),
  'me.socketTicket': everybody(null),
  // There is a ticket to renew where a socket was opened with one: here all come with a cookie.
  'me.renewTicket': everybody(null, () => ({ ticket: 'x' }), 'NOT_FOUND'),
  'me.beginSecondFactor': everybody(null, () => ({ password: 'wrong' }), 'INVALID'),
  'me.confirmSecondFactor': everybody(null, () => ({ code: '000000' }), 'INVALID'),
  'me.endSecondFactor': everybody(null, () => ({ password: 'wrong' }), 'INVALID'),
  'me.newBackupCodes': everybody(null, () => ({ password: 'wrong' }), 'INVALID'),

  'account.welcome': anybody('ok'),
  'account.setUp': anybody('NOT_FOUND', () => ({ code: 'x', email: freshEmail(), name: 'x', password: PASSWORD })),
  'account.invitation': anybody('NOT_FOUND', () => ({ token: NO_TOKEN })),
  'account.join': anybody('NOT_FOUND', () => ({ token: NO_TOKEN, name: 'x', password: PASSWORD })),
  'account.forgot': anybody('ok', () => ({ email: freshEmail() })),
  'account.resetMeant': anybody('NOT_FOUND', () => ({ token: NO_TOKEN })),
  'account.reset': anybody('NOT_FOUND', () => ({ token: NO_TOKEN, password: PASSWORD })),
};
