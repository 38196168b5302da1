import { deliveryAfter, type RoomEvent, sortedAt } from '@sala/contracts';
import { type Change, countKeys, placeOf } from './change.ts';

/*
 * What a change writes, as rows for `appendSql`. Each set is one parameter of the statement. They hold plain JSON:
 * the database turns times and objects into its own types.
 */
export type Rows = Record<SetName, unknown[]>;
export type SetName =
  | 'rooms'
  | 'events'
  | 'messages'
  | 'messageMoves'
  | 'sessions'
  | 'sessionMoves'
  | 'counts'
  | 'owed'
  | 'retried'
  | 'settled'
  | 'audits';

const SET_NAMES: SetName[] = [
  'rooms',
  'events',
  'messages',
  'messageMoves',
  'sessions',
  'sessionMoves',
  'counts',
  'owed',
  'retried',
  'settled',
  'audits',
];

/** The rows of several changes, of different conversations, for one statement. `newKey` makes LINE's retry keys. */
export function rowsOf(changes: readonly Change[], newKey: () => string): Rows {
  const rows = Object.fromEntries(SET_NAMES.map((name) => [name, []])) as unknown as Rows;
  for (const change of changes) {
    addRoom(rows, change);
    for (const event of change.events) addEvent(rows, change, event, newKey);
    rows.audits.push(...change.acts);
  }
  return rows;
}

function addRoom(rows: Rows, { before, after }: Change): void {
  const { conversationId } = after;
  rows.rooms.push({
    id: conversationId,
    decidedAt: before.seq,
    lastSeq: after.seq,
    head: after.head,
    ...placeOf(after.head),
    sortedAt: sortedAt(after.head),
  });
  const [was, is] = [before.seq === 0 ? [] : countKeys(before.head), countKeys(after.head)];
  for (const key of was) if (!is.includes(key)) rows.counts.push({ conversationId, key, step: -1 });
  for (const key of is) if (!was.includes(key)) rows.counts.push({ conversationId, key, step: 1 });
}

function addEvent(rows: Rows, { after, onces }: Change, event: RoomEvent, newKey: () => string): void {
  const { conversationId } = after;
  const { seq, at, fact } = event;
  rows.events.push({ conversationId, seq, at, fact, once: onces.get(seq) ?? null });
  const moved = deliveryAfter(fact, at);
  switch (fact.type) {
    case 'customer.wrote': {
      const { messageId: id, content, sentAt, lineMessageId } = fact;
      rows.messages.push({ conversationId, id, seq, author: 'customer', content, sentAt, lineMessageId });
      return;
    }
    case 'bot.wrote':
    case 'operator.wrote': {
      const author = fact.type === 'bot.wrote' ? 'bot' : 'operator';
      const operatorId = fact.type === 'operator.wrote' ? fact.operatorId : null;
      const { messageId: id, content } = fact;
      rows.messages.push({ conversationId, id, seq, author, operatorId, content, sentAt: at, delivery: 'queued' });
      rows.owed.push({ conversationId, messageId: id, seq, retryKey: newKey(), dueAt: at });
      return;
    }
    case 'session.opened':
      rows.sessions.push({ id: fact.sessionId, conversationId, handOver: fact.handOver, openedAt: at });
      return;
    case 'session.claimed':
      moveSession(rows, { id: fact.sessionId, conversationId, operatorId: fact.operatorId, claimedAt: at });
      return;
    case 'session.transferred':
      moveSession(rows, { id: fact.sessionId, conversationId, operatorId: fact.to });
      return;
    case 'session.closed':
      moveSession(rows, { id: fact.sessionId, conversationId, closedAt: at, closedBy: fact.by, reason: fact.reason });
      return;
    case 'delivery.retried':
      rows.retried.push({ conversationId, messageId: fact.messageId, dueAt: at, newKey: newKey() });
      break;
    case 'delivery.delayed':
      rows.settled.push({ conversationId, messageId: fact.messageId, state: 'owed', dueAt: fact.retryAt });
      break;
    case 'delivery.failed':
      rows.settled.push({ conversationId, messageId: fact.messageId, state: 'failed', dueAt: at });
      break;
    case 'delivery.sent':
      rows.settled.push({ conversationId, messageId: fact.messageId, state: 'sent', dueAt: at });
      break;
    case 'delivery.started':
    case 'customer.pressed':
    case 'customer.followed':
    case 'customer.blocked':
    case 'customer.profiled':
    case 'conversation.teamed':
    case 'line.reported':
      break;
  }
  if (!moved) return;
  const lineMessageId = fact.type === 'delivery.sent' ? fact.lineMessageId : null;
  moveRow(rows.messageMoves, { conversationId, id: moved.messageId, delivery: moved.delivery.state, lineMessageId });
}

/** A session opened in the same change has no row yet to move, so its own row takes the news. */
function moveSession(rows: Rows, move: Move): void {
  const opened = rows.sessions.find((row) => (row as { id: string }).id === move.id);
  if (opened) Object.assign(opened, move);
  else moveRow(rows.sessionMoves, move);
}

type Move = { id: string; [column: string]: unknown };

/** A statement that moves a row twice takes only one of the two, so the later move joins the earlier. */
function moveRow(moves: unknown[], move: Move): void {
  const earlier = (moves as Move[]).find(
    ({ id, conversationId }) => id === move.id && conversationId === move.conversationId,
  );
  if (!earlier) return void moves.push(move);
  for (const [column, value] of Object.entries(move)) if (value !== null) earlier[column] = value;
}
