import { randomUUID } from 'node:crypto';
import {
  type Content,
  type ConversationId,
  type Refusal,
  RefusalError,
  type RoomEvent,
  type RoomFact,
} from '@sala/contracts';
import { conversationWith } from '../../src/line/conversations.ts';
import { CHANNEL, type TestDesk } from './desk.ts';
import { newUserId } from './webhook.ts';

/** What a customer says. */
export const said = (text: string, sentAt = new Date().toISOString()): RoomFact => ({
  type: 'customer.wrote',
  messageId: randomUUID(),
  lineMessageId: randomUUID(),
  content: { type: 'text', text },
  sentAt,
});

/** A conversation in which these facts have happened, recorded by the same door as everything else. */
export async function newRoom(
  desk: TestDesk,
  facts: RoomFact[] = [said('hello')],
): Promise<{ conversationId: ConversationId }> {
  const conversationId = await conversationWith(desk.deps, CHANNEL.id, { type: 'user', lineId: newUserId() });
  if (facts.length > 0) await desk.deps.rooms.change({ conversationId }, () => facts);
  desk.everybodyIn(conversationId);
  return { conversationId };
}

/** The customer says this much more, one after another. */
export async function say(desk: TestDesk, conversationId: ConversationId, ...texts: string[]): Promise<void> {
  for (const text of texts) await desk.deps.rooms.change({ conversationId }, () => [said(text)]);
}

const textIn = (content: Content): string => (content.type === 'text' ? content.text : `(${content.type})`);

/** What was written, by whomever, in the order of the log. */
export const textsOf = (events: readonly RoomEvent[]): string[] =>
  events.flatMap(({ fact }) => ('content' in fact ? [textIn(fact.content)] : []));

export const typesOf = (events: readonly RoomEvent[]): string[] => events.map(({ fact }) => fact.type);

export const seqsOf = (events: readonly RoomEvent[]): number[] => events.map(({ seq }) => seq);

/** 1, 2, 3, … */
export const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);

/** A message as an operator's composer sends it. */
export const message = (text: string, messageId: string = randomUUID()) => ({
  messageId,
  content: { type: 'text' as const, text },
});

/** The "no" that was answered. @throws when it was no "no". */
export async function refusalOf(asked: Promise<unknown>): Promise<Refusal> {
  const error = await asked.then(
    () => null,
    (reason: unknown) => reason as { cause?: unknown },
  );
  if (error?.cause instanceof RefusalError) return error.cause.refusal;
  throw error ?? new Error('it was done, and not refused');
}
