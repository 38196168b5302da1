import { describe, expect, it } from 'vitest';
import type { RoomFact } from './fact.ts';
import { type Refusal, RefusalError } from './refusal.ts';
import { assertMayWrite, claim, close, evolveSession, handOver, transfer } from './lifecycle.ts';
import { modeOf, type Session } from './session.ts';

const AT = '2026-11-20T09:00:00.000Z';
const HOLDER = { operatorId: 'aoi', name: 'Aoi', role: 'operator' } as const;
const OTHER = { operatorId: 'ken', name: 'Ken', role: 'operator' } as const;
const SUPERVISOR = { operatorId: 'mei', name: 'Mei', role: 'supervisor' } as const;

const SESSIONS = {
  none: null,
  WAITING: { status: 'WAITING', sessionId: 's1', since: AT },
  ACTIVE: { status: 'ACTIVE', sessionId: 's1', operatorId: 'aoi', since: AT },
  CLOSED: { status: 'CLOSED', sessionId: 's1', by: { type: 'USER' }, since: AT },
} satisfies Record<string, Session | null>;

const nameOf = (operatorId: string) => `name of ${operatorId}`;

const COMMANDS = {
  handOver: (session: Session | null) => handOver(session, 's2', { how: 'keyword', word: 'human' }),
  claimByHolder: (session: Session | null) => claim(session, HOLDER, 's2', nameOf),
  claimByOther: (session: Session | null) => claim(session, OTHER, 's2', nameOf),
  transferByHolder: (session: Session | null) => transfer(session, HOLDER, 'ken', 'a note'),
  transferToHolder: (session: Session | null) => transfer(session, HOLDER, 'aoi', ''),
  transferByOther: (session: Session | null) => transfer(session, OTHER, 'mei', ''),
  transferBySupervisor: (session: Session | null) => transfer(session, SUPERVISOR, 'ken', ''),
  closeByHolder: (session: Session | null) => close(session, HOLDER, null),
  closeByOther: (session: Session | null) => close(session, OTHER, null),
  closeBySupervisor: (session: Session | null) => close(session, SUPERVISOR, 'spam'),
  writeByHolder: (session: Session | null) => (assertMayWrite(session, HOLDER), []),
  writeByOther: (session: Session | null) => (assertMayWrite(session, OTHER), []),
  writeBySupervisor: (session: Session | null) => (assertMayWrite(session, SUPERVISOR), []),
};

const opened = (how: 'keyword' | 'operator', operatorId = ''): RoomFact => ({
  type: 'session.opened',
  sessionId: 's2',
  handOver: how === 'keyword' ? { how, word: 'human' } : { how, operatorId },
});
const claimed = (sessionId: string, operatorId: string): RoomFact => ({
  type: 'session.claimed',
  sessionId,
  operatorId,
});
const moved = (by: string, to: string, note = ''): RoomFact => ({
  type: 'session.transferred',
  sessionId: 's1',
  by,
  from: 'aoi',
  to,
  note,
});
const ended = (operatorId: string, reason: string | null = null): RoomFact => ({
  type: 'session.closed',
  sessionId: 's1',
  by: { type: 'OPERATOR', operatorId },
  reason,
});
const NOTHING: RoomFact[] = [];
const CLOSED: Refusal = { code: 'SESSION_CLOSED' };
const HELD: Refusal = { code: 'NOT_YOURS', operatorId: 'aoi' };
const UNHELD: Refusal = { code: 'NOT_YOURS', operatorId: null };
const TAKEN: Refusal = { code: 'ALREADY_CLAIMED', operatorId: 'aoi', name: 'name of aoi' };

type Outcome = RoomFact[] | Refusal;

/** The table of LI1: one row per state, one column per command and caller. */
const TABLE: Record<keyof typeof SESSIONS, Record<keyof typeof COMMANDS, Outcome>> = {
  none: {
    handOver: [opened('keyword')],
    claimByHolder: [opened('operator', 'aoi'), claimed('s2', 'aoi')],
    claimByOther: [opened('operator', 'ken'), claimed('s2', 'ken')],
    transferByHolder: CLOSED,
    transferToHolder: CLOSED,
    transferByOther: CLOSED,
    transferBySupervisor: CLOSED,
    closeByHolder: CLOSED,
    closeByOther: CLOSED,
    closeBySupervisor: CLOSED,
    writeByHolder: CLOSED,
    writeByOther: CLOSED,
    writeBySupervisor: CLOSED,
  },
  WAITING: {
    handOver: NOTHING,
    claimByHolder: [claimed('s1', 'aoi')],
    claimByOther: [claimed('s1', 'ken')],
    transferByHolder: UNHELD,
    transferToHolder: UNHELD,
    transferByOther: UNHELD,
    transferBySupervisor: UNHELD,
    closeByHolder: UNHELD,
    closeByOther: UNHELD,
    closeBySupervisor: [ended('mei', 'spam')],
    writeByHolder: UNHELD,
    writeByOther: UNHELD,
    writeBySupervisor: UNHELD,
  },
  ACTIVE: {
    handOver: NOTHING,
    claimByHolder: NOTHING,
    claimByOther: TAKEN,
    transferByHolder: [moved('aoi', 'ken', 'a note')],
    transferToHolder: NOTHING,
    transferByOther: HELD,
    transferBySupervisor: [moved('mei', 'ken')],
    closeByHolder: [ended('aoi')],
    closeByOther: HELD,
    closeBySupervisor: [ended('mei', 'spam')],
    writeByHolder: NOTHING,
    writeByOther: HELD,
    writeBySupervisor: HELD,
  },
  CLOSED: {
    handOver: [opened('keyword')],
    claimByHolder: CLOSED,
    claimByOther: CLOSED,
    transferByHolder: CLOSED,
    transferToHolder: CLOSED,
    transferByOther: CLOSED,
    transferBySupervisor: CLOSED,
    closeByHolder: NOTHING,
    closeByOther: NOTHING,
    closeBySupervisor: NOTHING,
    writeByHolder: CLOSED,
    writeByOther: CLOSED,
    writeBySupervisor: CLOSED,
  },
};

const ROWS = Object.entries(TABLE).flatMap(([state, row]) =>
  Object.entries(row).map(([command, outcome]) => ({
    state: state as keyof typeof SESSIONS,
    command: command as keyof typeof COMMANDS,
    outcome,
  })),
);

function outcomeOf(command: () => RoomFact[]): Outcome {
  try {
    return command();
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}

describe('Lifecycle (LI)', () => {
  it.each(ROWS)('[LI1] $command on $state comes to what the table says (B2)', ({ state, command, outcome }) => {
    const came = outcomeOf(() => COMMANDS[command](SESSIONS[state]));

    expect(came).toEqual(outcome);
  });

  it.each([
    ['session.opened', SESSIONS.none, opened('keyword'), { status: 'WAITING', sessionId: 's2', since: AT }],
    ['session.claimed', SESSIONS.WAITING, claimed('s1', 'ken'), { ...SESSIONS.ACTIVE, operatorId: 'ken' }],
    ['session.transferred', SESSIONS.ACTIVE, moved('aoi', 'ken'), { ...SESSIONS.ACTIVE, operatorId: 'ken' }],
    [
      'session.closed',
      SESSIONS.ACTIVE,
      ended('aoi'),
      { ...SESSIONS.CLOSED, by: { type: 'OPERATOR', operatorId: 'aoi' } },
    ],
  ] as const)('[LI1] %s leads to the state that the table names', (_type, before, fact, after) => {
    expect(evolveSession(before, { seq: 1, at: AT, fact })).toEqual(after);
  });

  it.each([
    ['none', null],
    ['WAITING', SESSIONS.WAITING],
    ['ACTIVE', SESSIONS.ACTIVE],
    ['CLOSED', null],
  ] as const)('[LI1] a customer who writes while %s leaves what the table says', (state, after) => {
    const fact: RoomFact = {
      type: 'customer.wrote',
      messageId: 'm1',
      lineMessageId: '1',
      content: { type: 'text', text: 'hello' },
      sentAt: AT,
    };

    expect(evolveSession(SESSIONS[state], { seq: 1, at: AT, fact })).toEqual(after);
  });

  it.each([
    ['claimByHolder', 'claimByHolder'],
    ['transferByHolder', 'transferByHolder'],
    ['closeByHolder', 'closeByHolder'],
  ] as const)('[LI2] %s heard again right after records nothing more', (first, again) => {
    const start = first === 'claimByHolder' ? SESSIONS.WAITING : SESSIONS.ACTIVE;
    const after = COMMANDS[first](start).reduce<Session | null>(
      (session, fact) => evolveSession(session, { seq: 1, at: AT, fact }),
      start,
    );

    expect(COMMANDS[again](after)).toEqual([]);
  });

  it.each([
    ['none', 'BOT'],
    ['WAITING', 'HUMAN'],
    ['ACTIVE', 'HUMAN'],
    ['CLOSED', 'BOT'],
  ] as const)('[LI3] while %s the conversation is in %s mode (B1)', (state, mode) => {
    expect(modeOf(SESSIONS[state])).toBe(mode);
  });
});
