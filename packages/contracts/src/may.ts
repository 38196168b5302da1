import type { Belonging } from './head.ts';
import type { TeamId } from './id.ts';
import type { Member, Operator, Role } from './operator.ts';
import { holderOf, type Session } from './session.ts';
import { DeskSettings } from './settings.ts';
import { isInSight, sees, sightOf } from './sight.ts';

/** Whoever asks. An operator is enough; other kinds of caller join here. */
export type Caller = Pick<Operator, 'operatorId' | 'role'>;

const holds = (caller: Caller, session: Session | null): boolean =>
  session?.status === 'ACTIVE' && session.operatorId === caller.operatorId;

const isAtLeast = (caller: Caller, role: Role): boolean => RANK[caller.role] >= RANK[role];
const RANK = { operator: 0, supervisor: 1, admin: 2 } satisfies Record<Role, number>;

/** What may be done to a session, a sentence each. The lifecycle says when; this says who. */
const sessionRights = {
  /** Any operator may take what waits, or what the bot has. */
  'session.claim': (_caller: Caller, session: Session | null) => session === null || session.status === 'WAITING',
  /** Only who holds a session writes to its customer. */
  'session.write': holds,
  /** Who holds a session passes it on; so does a supervisor. */
  'session.transfer': (caller: Caller, session: Session | null) =>
    holds(caller, session) || (isAtLeast(caller, 'supervisor') && session?.status === 'ACTIVE'),
  /** Who holds a session closes it; so does a supervisor, even while it waits. */
  'session.close': (caller: Caller, session: Session | null) =>
    holds(caller, session) || (isAtLeast(caller, 'supervisor') && session !== null && session.status !== 'CLOSED'),
};

/** What is asked about a conversation, beside who asks. */
type ConversationSubjects = {
  'conversation.see': { of: Belonging; settings: DeskSettings };
  'conversation.assignTeam': { of: Belonging; teamId: TeamId | null; settings: DeskSettings };
};

/** What may be done to a conversation, whatever its session. Whoever does not see one can do nothing to it. */
const conversationRights: {
  [Action in ConversationAction]: (caller: Member, subject: ConversationSubjects[Action]) => boolean;
} = {
  /** Everybody sees the conversations of their teams and those they hold, an admin all; those of no team as the desk's setting says. */
  'conversation.see': (caller, { of, settings }) => sees(caller, sightOf(caller, settings), of),
  /** Who holds a conversation gives it to any team; a supervisor, who sees it, to a team that they see, too. */
  'conversation.assignTeam': (caller, { of, teamId, settings }) => {
    const sight = sightOf(caller, settings);
    if (holderOf(of.session) === caller.operatorId) return true;
    return isAtLeast(caller, 'supervisor') && isInSight(sight, of.teamId) && isInSight(sight, teamId);
  },
};

/** What may be done on the desk at all, whatever the conversation. */
const deskRights = {
  /** What belongs to no team is seen by everybody, or by supervisors and admins, as the desk's setting says. */
  'unassigned.see': (caller: Caller, { unassigned }: DeskSettings) =>
    unassigned === 'everybody' || isAtLeast(caller, 'supervisor'),
  /** A failed message is sent again by whoever wrote it, or by a supervisor. */
  'delivery.retryAny': (caller: Caller) => isAtLeast(caller, 'supervisor'),
  /** An admin makes teams and says who is in them. */
  'teams.manage': (caller: Caller) => isAtLeast(caller, 'admin'),
  /** An admin says what holds for the whole desk. */
  'settings.manage': (caller: Caller) => isAtLeast(caller, 'admin'),
  /** An admin sees to the channels and their bots. */
  'channels.manage': (caller: Caller) => isAtLeast(caller, 'admin'),
  /** An admin adds people. */
  'operators.manage': (caller: Caller) => isAtLeast(caller, 'admin'),
  /** Everybody has keys of their own; an admin sees and ends all, and gives service accounts theirs. */
  'keys.manage': (caller: Caller) => isAtLeast(caller, 'admin'),
  /** An admin reads what was done, and takes it away as a file. */
  'audit.read': (caller: Caller) => isAtLeast(caller, 'admin'),
};

export type SessionAction = keyof typeof sessionRights;
export type ConversationAction = keyof ConversationSubjects;
export type DeskAction = keyof typeof deskRights;

/**
 * Whether `caller` may do `action` to `subject`. Pure, and asked by server and SPA alike, so a button and the
 * answer behind it never disagree.
 */
export function may(caller: Caller, action: SessionAction, subject: Session | null): boolean;
export function may<Action extends ConversationAction>(
  caller: Member,
  action: Action,
  subject: ConversationSubjects[Action],
): boolean;
export function may(caller: Caller, action: DeskAction, settings?: DeskSettings): boolean;
export function may(
  caller: Caller,
  action: SessionAction | ConversationAction | DeskAction,
  subject: unknown,
): boolean {
  return rights[action](caller, action in deskRights ? (subject ?? DEFAULTS) : (subject ?? null));
}

/** The overloads of {@link may} say which subject goes with which action. */
const rights = { ...sessionRights, ...conversationRights, ...deskRights } as unknown as Record<
  SessionAction | ConversationAction | DeskAction,
  (caller: Caller, subject: unknown) => boolean
>;

const DEFAULTS = DeskSettings.parse({});

/** The desk rights a caller has, by name: `me.get` tells them to the SPA. */
export const permissionsOf = (caller: Caller, settings: DeskSettings = DEFAULTS): DeskAction[] =>
  (Object.keys(deskRights) as DeskAction[]).filter((action) => may(caller, action, settings));
