import type { ConversationId, DeliveryFailure, MessageId, SendableContent } from '@sala/contracts';
import type { Deps } from '../deps.ts';
import type { PushOutcome } from '../line/outcome.ts';

/** While an attempt runs nobody else takes the message; a process that died gives it back after this. LINE's time-out fits in. */
const LEASE_MS = 30_000;

/** LINE forgets a retry key 24 hours after its first use; asking later could deliver twice. */
const KEY_LIVES_MS = 23 * 3_600_000;

/** One job sends this many at most and asks for another, so that nobody waits behind a flood. */
const MAX_PER_JOB = 100;

type Owed = {
  messageId: MessageId;
  retryKey: string;
  attempts: number;
  firstTriedAt: Date;
  lineId: string;
  channelId: string;
  content: SendableContent;
};

/**
 * Sends what a conversation owes, oldest first, until nothing is owed or the oldest has to wait: a message never
 * overtakes an earlier one. A message that LINE refuses for good makes way for the next. A server that stops leaves the
 * rest to another.
 */
export async function deliver(deps: Deps, conversationId: ConversationId, stopping?: AbortSignal): Promise<void> {
  for (let sent = 0; sent < MAX_PER_JOB; sent += 1) {
    const next = await takeNext(deps, conversationId);
    if (next === 'nothing') return;
    if (next instanceof Date) return deps.jobs.lookAgainAt(conversationId, next);
    const goesOn = await attempt(deps, conversationId, next);
    if (!goesOn) return;
    if (stopping?.aborted) break;
  }
  deps.jobs.wakeDelivery(conversationId);
}

/** Leases the oldest message owed; or says when it may be tried, when that is later; or that nothing is owed. */
async function takeNext({ db, clock }: Deps, conversationId: ConversationId): Promise<Owed | Date | 'nothing'> {
  const now = clock();
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  const { rows } = await db.pool.query<Owed & { dueAt: Date; taken: boolean }>(
    `with oldest as (
       select * from "Delivery" where "conversationId" = $1 and state = 'owed' order by seq limit 1),
     taken as (
       update "Delivery" d set "dueAt" = $3, attempts = d.attempts + 1, "firstTriedAt" = coalesce(d."firstTriedAt", $2)
       from oldest o where d."conversationId" = o."conversationId" and d."messageId" = o."messageId"
         and d.state = 'owed' and d."dueAt" <= $2
       returning d."messageId", d."retryKey", d.attempts, d."firstTriedAt")
     select o."messageId", o."dueAt", t."messageId" is not null as taken, t."retryKey", t.attempts, t."firstTriedAt",
       c."lineId", c."channelId", m.content
     from oldest o left join taken t on t."messageId" = o."messageId"
     join "Conversation" c on c.id = o."conversationId"
     join "Message" m on m."conversationId" = o."conversationId" and m.id = o."messageId"`,
    [conversationId, now, leasedUntil],
  );
  const row = rows[0];
  if (!row) return 'nothing';
  return row.taken ? row : new Date(Math.max(row.dueAt.getTime(), now.getTime() + 1));
}

/** One attempt, with its beginning and its end in the log. Answers whether the next message may follow. */
async function attempt(deps: Deps, conversationId: ConversationId, owed: Owed): Promise<boolean> {
  const { messageId, attempts, retryKey, lineId: to, content } = owed;
  // It lay here while no server ran, and an earlier attempt may have arrived.
  if (deps.clock().getTime() - owed.firstTriedAt.getTime() > KEY_LIVES_MS) {
    await fail(deps, conversationId, messageId, KEY_FORGOTTEN);
    return true;
  }
  await deps.rooms.change({ conversationId }, () => [{ type: 'delivery.started', messageId, attempt: attempts }]);
  const outcome = await push(deps, owed, { to, content, retryKey });
  const now = deps.clock().getTime();
  if (outcome.taken) {
    const { lineMessageId } = outcome;
    await deps.rooms.change({ conversationId }, () => [{ type: 'delivery.sent', messageId, lineMessageId }]);
    return true;
  }
  if (!(await stillHas(deps, conversationId, owed))) return false;
  const { failure } = outcome;
  const retryAt = now + deps.pause(attempts);
  if (!outcome.again || retryAt - owed.firstTriedAt.getTime() > KEY_LIVES_MS) {
    await fail(deps, conversationId, messageId, failure);
    return true;
  }
  await delay(deps, conversationId, { messageId, attempt: attempts, failure, retryAt: new Date(retryAt) });
  return false;
}

/** The failure of a message that LINE can no longer be asked about. */
const KEY_FORGOTTEN: DeliveryFailure = { status: null, message: 'no answer within 23 hours', certain: false };

const fail = (deps: Deps, conversationId: ConversationId, messageId: MessageId, failure: DeliveryFailure) =>
  deps.rooms.change({ conversationId }, () => [{ type: 'delivery.failed', messageId, failure }]);

/**
 * Whether the message is still this attempt's, and if so for another lease. One that outlived its lease (a stalled
 * database, a laptop asleep) may have been overtaken by the next, whose word then counts.
 */
async function stillHas(
  { db, clock }: Deps,
  conversationId: ConversationId,
  { messageId, attempts }: Owed,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update "Delivery" set "dueAt" = $4
     where "conversationId" = $1 and "messageId" = $2 and attempts = $3 and state = 'owed'`,
    [conversationId, messageId, attempts, new Date(clock().getTime() + LEASE_MS)],
  );
  return rowCount === 1;
}

async function push(
  deps: Deps,
  { channelId }: Owed,
  message: { to: string; content: SendableContent; retryKey: string },
): Promise<PushOutcome> {
  const channel = await deps.channels.find(channelId);
  if (channel) return deps.line(channel.accessToken).push(message);
  return { taken: false, again: false, failure: { status: null, message: 'unknown channel', certain: true } };
}

type Delay = { messageId: MessageId; attempt: number; failure: DeliveryFailure; retryAt: Date };

async function delay(deps: Deps, conversationId: ConversationId, { retryAt, ...rest }: Delay): Promise<void> {
  await deps.rooms.change({ conversationId }, () => [
    { type: 'delivery.delayed', ...rest, retryAt: retryAt.toISOString() },
  ]);
  await deps.jobs.deliverAt(conversationId, retryAt);
}
