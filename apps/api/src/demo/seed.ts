import { createHash } from 'node:crypto';
import {
  BotSettings,
  type Content,
  type ConversationId,
  holderOf,
  type MessageId,
  type OperatorId,
  type RoomFact,
  type RoomHead,
} from '@sala/contracts';
import { answer } from '../bot/bot.ts';
import type { Deps } from '../deps.ts';
import { conversationWith } from '../line/conversations.ts';
import { RoomLog } from '../log/roomLog.ts';
import { type OperatorKey, PEOPLE, type Person, type Step } from './people.ts';

/** The LINE id of a demo person: the same at every start. */
export const lineIdOf = (name: string): string => `U${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;

type Seeding = Deps & {
  channelId: string;
  /** The operator's id behind a demo name. */
  idOf: (key: OperatorKey) => OperatorId;
  /** Where the person's picture is served. */
  pictureOf: (lineId: string) => string;
};

/**
 * Plays the demo's conversations into the log, each step at its own time in the past, by the same door as everything
 * else. Messages count as taken by LINE, so nothing is sent. Answers how many conversations there are now.
 */
export async function seed(deps: Seeding): Promise<number> {
  const now = deps.clock().getTime();
  for (const person of PEOPLE) {
    let time = now;
    const clock = () => new Date(time);
    const quietJobs = { ...deps.jobs, wakeDelivery: () => {} };
    const past = { ...deps, clock, rooms: new RoomLog({ ...deps, clock, jobs: quietJobs }) };
    const first = person.steps[0]!;
    time = now - first.ago * 60_000;
    const lineId = lineIdOf(person.name);
    const conversationId = await conversationWith(past, deps.channelId, { type: 'user', lineId });
    for (const [index, step] of person.steps.entries()) {
      time = Math.max(time + 1, now - step.ago * 60_000 + index);
      await play(past, conversationId, person, step, time);
    }
  }
  return PEOPLE.length;
}

async function play(deps: Seeding, conversationId: ConversationId, person: Person, step: Step, time: number) {
  const { events } = await deps.rooms.change({ conversationId }, (head, seq) => [
    ...(seq === 0 ? [profileOf(deps, person)] : []),
    ...factsOf(deps, head, step, { isFirst: seq === 0, sentAt: new Date(time).toISOString() }),
  ]);
  const written = events.flatMap(({ fact }) =>
    fact.type === 'bot.wrote' || fact.type === 'operator.wrote' ? [fact.messageId] : [],
  );
  for (const messageId of written) {
    await deps.rooms.change({ conversationId }, () => [
      { type: 'delivery.started', messageId, attempt: 1 },
      'fails' in step ? failed(messageId, step.fails) : { type: 'delivery.sent', messageId, lineMessageId: null },
    ]);
  }
}

const failed = (messageId: MessageId, message: string): RoomFact => ({
  type: 'delivery.failed',
  messageId,
  failure: { status: 429, message, certain: true },
});

function factsOf(
  deps: Seeding,
  head: RoomHead,
  step: Step,
  { isFirst, sentAt }: { isFirst: boolean; sentAt: string },
): RoomFact[] {
  const { newId } = deps;
  const bot = { isFirst, settings: BotSettings.parse({}), newId };
  const session = head.session;
  const sessionId = session?.sessionId ?? newId();
  const operatorId = holderOf(session) ?? '';
  if ('says' in step) {
    const content: Content = typeof step.says === 'string' ? { type: 'text', text: step.says } : step.says;
    const heard = content.type === 'text' ? { text: content.text } : { other: true as const };
    return [
      { type: 'customer.wrote', messageId: newId(), lineMessageId: newId(), content, sentAt },
      ...answer(head, heard, bot),
    ];
  }
  if ('presses' in step) {
    return [{ type: 'customer.pressed', data: step.presses, sentAt }, ...answer(head, { postback: step.presses }, bot)];
  }
  if ('claims' in step) return [{ type: 'session.claimed', sessionId, operatorId: deps.idOf(step.claims) }];
  if ('writes' in step) {
    return [{ type: 'operator.wrote', messageId: newId(), content: { type: 'text', text: step.writes }, operatorId }];
  }
  if ('transfersTo' in step) {
    const to = deps.idOf(step.transfersTo);
    return [{ type: 'session.transferred', sessionId, by: operatorId, from: operatorId, to, note: step.note }];
  }
  if ('closes' in step) {
    return [{ type: 'session.closed', sessionId, by: { type: 'OPERATOR', operatorId }, reason: step.closes }];
  }
  // A message that LINE would not take, so that the demo shows what that looks like.
  return [{ type: 'operator.wrote', messageId: newId(), content: { type: 'text', text: UNSENT }, operatorId }];
}

const UNSENT = 'ส่งรูปตัวจริงให้ดูนะครับ';

function profileOf({ pictureOf }: Seeding, { name, language }: Person): RoomFact {
  return { type: 'customer.profiled', displayName: name, pictureUrl: pictureOf(lineIdOf(name)), language };
}
