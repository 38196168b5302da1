import { isDeepStrictEqual } from 'node:util';
import { deliveryAfter, emptyHead, evolveHead, type RoomEvent, type RoomFact, shelfOf } from '@sala/contracts';
import type { Account, Finding, RecordedConversation } from './account.ts';
import { outcomeOf } from './ledger.ts';

/** The driver's messages against the log, and the log against its projections. */
export function judgeLog(account: Account): Finding[] {
  const { conversations } = account.recorded;
  return [
    ...conversations.flatMap((one) => [...numbering(one), ...projections(one)]),
    ...said(account),
    ...sent(account),
    ...orderOfSends(account),
  ];
}

function numbering({ conversationId, events, lastSeq }: RecordedConversation): Finding[] {
  const wrong = events.findIndex(({ seq }, index) => seq !== index + 1);
  if (wrong >= 0)
    return [{ kind: 'disordered', what: `${conversationId}: event ${wrong + 1} is numbered ${events[wrong]!.seq}` }];
  if (events.length === lastSeq) return [];
  return [{ kind: 'lost', what: `${conversationId}: ${events.length} events, and the head says ${lastSeq}` }];
}

function projections(conversation: RecordedConversation): Finding[] {
  const { conversationId, createdAt, events, head, messages, shelf } = conversation;
  const findings: Finding[] = [];
  if (!isDeepStrictEqual(events.reduce(evolveHead, emptyHead(createdAt)), head)) {
    findings.push({ kind: 'differs', what: `${conversationId}: the head is not the fold of the log` });
  }
  if (shelf !== shelfOf(head)) findings.push({ kind: 'differs', what: `${conversationId} is on the shelf ${shelf}` });
  const states = new Map<string, string | null>();
  for (const { at, fact } of events) {
    if (fact.type === 'customer.wrote') states.set(fact.messageId, null);
    const moved = deliveryAfter(fact, at);
    if (moved) states.set(moved.messageId, moved.delivery.state);
  }
  const rows = new Map(messages.map(({ id, delivery }) => [id, delivery]));
  if (rows.size !== messages.length || !isDeepStrictEqual(rows, states)) {
    findings.push({ kind: 'differs', what: `${conversationId}: its messages are not those of the log` });
  }
  return findings;
}

type Wrote<T extends RoomFact['type']> = Extract<RoomFact, { type: T }>;

/** Every fact of one kind, by a name that should be there once. */
function factsBy<T extends RoomFact['type']>(
  { recorded }: Account,
  type: T,
  nameOf: (fact: Wrote<T>) => string,
): Map<string, { seq: number; fact: Wrote<T> }[]> {
  const facts = new Map<string, { seq: number; fact: Wrote<T> }[]>();
  for (const { seq, fact } of recorded.conversations.flatMap(({ events }) => events)) {
    if (fact.type !== type) continue;
    const wrote = fact as Wrote<T>;
    facts.set(nameOf(wrote), [...(facts.get(nameOf(wrote)) ?? []), { seq, fact: wrote }]);
  }
  return facts;
}

/** What was acknowledged is there once, and nothing is there that nobody said. */
function said(account: Account): Finding[] {
  const findings: Finding[] = [];
  const facts = factsBy(account, 'customer.wrote', ({ lineMessageId }) => lineMessageId);
  const stored = new Map(account.recorded.lineEvents.map(({ webhookEventId, state }) => [webhookEventId, state]));
  for (const one of account.ledger.said) {
    const times = facts.get(one.lineMessageId)?.length ?? 0;
    facts.delete(one.lineMessageId);
    if (times > 1) findings.push({ kind: 'doubled', what: `said "${one.text}" is in the log ${times} times` });
    if (outcomeOf(one) !== 'ok') continue;
    if (times === 0) findings.push({ kind: 'lost', what: `said "${one.text}" was acknowledged and is not in the log` });
    const state = stored.get(one.webhookEventId);
    if (state === undefined) findings.push({ kind: 'lost', what: `the webhook of "${one.text}" was not kept` });
    else if (state !== 'done') findings.push({ kind: 'lost', what: `the webhook of "${one.text}" is ${state}` });
  }
  for (const id of facts.keys()) findings.push({ kind: 'doubled', what: `nobody said the message ${id}` });
  return findings;
}

/** A send that was acknowledged is one event, the one that was answered; one that was refused is none. */
function sent(account: Account): Finding[] {
  const findings: Finding[] = [];
  const facts = factsBy(account, 'operator.wrote', ({ messageId }) => messageId);
  for (const one of account.ledger.sent) {
    const found = facts.get(one.messageId) ?? [];
    facts.delete(one.messageId);
    const outcome = outcomeOf(one);
    if (found.length > 1) findings.push({ kind: 'doubled', what: `sent "${one.text}" is in the log more than once` });
    if (outcome === 'ok' && found.length === 0)
      findings.push({ kind: 'lost', what: `sent "${one.text}" is not there` });
    if (outcome === 'refused' && found.length > 0) {
      findings.push({ kind: 'doubled', what: `sent "${one.text}" was refused and is in the log` });
    }
    if (outcome === 'ok' && found.length === 1 && found[0]!.seq !== one.answer?.seq) {
      findings.push({ kind: 'differs', what: `sent "${one.text}" is event ${found[0]!.seq}, not ${one.answer?.seq}` });
    }
  }
  for (const id of facts.keys()) findings.push({ kind: 'doubled', what: `nobody sent the message ${id}` });
  return findings;
}

/** A writer writes the next message when the end of the last is known: the log has them in that order. */
function orderOfSends({ ledger }: Account): Finding[] {
  const last = new Map<string, RoomEvent>();
  return ledger.sent.flatMap((one): Finding[] => {
    if (!one.answer) return [];
    const lane = `${one.writer} ${one.conversationId}`;
    const before = last.get(lane);
    last.set(lane, one.answer);
    if (!before || before.seq < one.answer.seq) return [];
    return [{ kind: 'disordered', what: `sent "${one.text}" lies before an earlier message of its writer` }];
  });
}
