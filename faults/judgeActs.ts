import { isDeepStrictEqual } from 'node:util';
import { evolveSession, type RoomEvent, type RoomFact, type Session } from '@sala/contracts';
import type { Account, Finding, RecordedConversation } from './account.ts';
import type { Act } from './ledger.ts';

/** Claims, transfers and closes: what was answered is what the log says, and nothing happened that nobody asked for. */
export function judgeActs({ ledger, recorded }: Account): Finding[] {
  return recorded.conversations.flatMap((conversation) => {
    const acts = ledger.acts.filter(({ conversationId }) => conversationId === conversation.conversationId);
    return [...answers(conversation, acts), ...unasked(conversation, acts)];
  });
}

function answers({ conversationId, events }: RecordedConversation, acts: readonly Act[]): Finding[] {
  return acts.flatMap(({ kind, answer, operatorId }): Finding[] => {
    if (!answer) return [];
    if (answer.seq > events.length) {
      return [
        { kind: 'lost', what: `${kind} by ${operatorId} was answered with event ${answer.seq} of ${conversationId}` },
      ];
    }
    const session = events.slice(0, answer.seq).reduce<Session | null>(evolveSession, null);
    if (isDeepStrictEqual(session, answer.session)) return [];
    return [{ kind: 'differs', what: `${kind} by ${operatorId} was answered another state of ${conversationId}` }];
  });
}

/** Who did it, for facts that an operator causes. */
function doerOf(fact: RoomFact): { kind: Act['kind']; operatorId: string } | null {
  if (fact.type === 'session.claimed') return { kind: 'claimed', operatorId: fact.operatorId };
  if (fact.type === 'session.transferred') return { kind: 'transferred', operatorId: fact.by };
  if (fact.type === 'session.closed' && fact.by.type === 'OPERATOR') {
    return { kind: 'closed', operatorId: fact.by.operatorId };
  }
  return null;
}

/**
 * One asking that names a session does a thing once at most, however often it is repeated. One that names none means
 * whichever is there: each repetition is an asking.
 */
function unasked({ conversationId, events }: RecordedConversation, acts: readonly Act[]): Finding[] {
  const askings = acts.flatMap((act) => (act.sessionId === null ? act.tries.map(() => act) : [act]));
  const asked = countBy(askings, ({ kind, operatorId }) => `${kind} by ${operatorId}`);
  const done = countBy(
    events.map(({ fact }: RoomEvent) => doerOf(fact)).filter((one) => one !== null),
    (one) => `${one.kind} by ${one.operatorId}`,
  );
  return [...done].flatMap(([what, times]): Finding[] => {
    const wanted = asked.get(what) ?? 0;
    return times > wanted
      ? [{ kind: 'doubled', what: `${conversationId} was ${what} ${times} times, and ${wanted} times asked` }]
      : [];
  });
}

function countBy<T>(all: readonly T[], nameOf: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(nameOf(one), (counts.get(nameOf(one)) ?? 0) + 1);
  return counts;
}
