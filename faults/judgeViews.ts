import { isDeepStrictEqual } from 'node:util';
import type { Account, Finding, ListHeard, PresenceHeard, RecordedConversation, RoomHeard } from './account.ts';

/** What every subscriber heard and made of it, against the database and a fresh look. */
export function judgeViews({ recorded, rooms, lists, presence }: Account): Finding[] {
  const byId = new Map(recorded.conversations.map((one) => [one.conversationId, one]));
  return [
    ...rooms.flatMap((heard) => [...stream(heard, byId.get(heard.conversationId)), ...fold(heard)]),
    ...lists.flatMap(list),
    ...presence.flatMap(people),
  ];
}

/** Every event after the cursor once, in order, as the log has it. */
function stream({ tab, conversationId, from, events }: RoomHeard, conversation?: RecordedConversation): Finding[] {
  const findings: Finding[] = [];
  const where = `${tab} in ${conversationId}`;
  const heard = new Set<number>();
  let last = from;
  for (const event of events) {
    if (heard.has(event.seq)) findings.push({ kind: 'doubled', what: `${where} heard event ${event.seq} twice` });
    else if (event.seq < last) findings.push({ kind: 'disordered', what: `${where} heard ${event.seq} after ${last}` });
    heard.add(event.seq);
    last = Math.max(last, event.seq);
    if (!isDeepStrictEqual(conversation?.events[event.seq - 1], event)) {
      findings.push({ kind: 'differs', what: `${where} heard an event ${event.seq} that the log has not` });
    }
  }
  const missing = (conversation?.events ?? []).filter(({ seq }) => seq > from && !heard.has(seq));
  if (missing.length > 0) {
    findings.push({ kind: 'lost', what: `${where} did not hear ${missing.map(({ seq }) => seq).join(', ')}` });
  }
  return findings;
}

function fold({ tab, conversationId, folded, fresh }: RoomHeard): Finding[] {
  if (!folded || isDeepStrictEqual(folded, fresh)) return [];
  const fields = Object.keys(fresh).filter(
    (key) => !isDeepStrictEqual(folded[key as keyof typeof folded], fresh[key as keyof typeof fresh]),
  );
  return [{ kind: 'differs', what: `${tab} in ${conversationId} sees other ${fields.join(', ')} than a fresh look` }];
}

function list({ tab, view, rows, counts, freshRows, freshCounts }: ListHeard): Finding[] {
  const findings: Finding[] = [];
  const differing = symmetricDifference(rows, freshRows);
  if (differing.length > 0) {
    findings.push({ kind: 'differs', what: `${tab}'s list "${view}" is wrong about ${differing.join(', ')}` });
  }
  if (!isDeepStrictEqual(counts, freshCounts)) {
    findings.push({
      kind: 'differs',
      what: `${tab}'s counts are ${JSON.stringify(counts)}, not ${JSON.stringify(freshCounts)}`,
    });
  }
  return findings;
}

/** Rows that are not the same on both sides, by conversation. */
function symmetricDifference(held: ListHeard['rows'], fresh: ListHeard['rows']): string[] {
  const rowsById = (rows: ListHeard['rows']) => new Map(rows.map((row) => [row.conversationId, row]));
  const [here, there] = [rowsById(held), rowsById(fresh)];
  return [...new Set([...here.keys(), ...there.keys()])].filter(
    (id) => !isDeepStrictEqual(here.get(id), there.get(id)),
  );
}

function people({ tab, where, seen, there }: PresenceHeard): Finding[] {
  if (isDeepStrictEqual(seen.toSorted(), there.toSorted())) return [];
  return [{ kind: 'differs', what: `${tab} sees ${seen.length} people ${where}, and ${there.length} are there` }];
}
