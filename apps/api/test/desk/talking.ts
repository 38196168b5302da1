import type { ConversationId, DeliveryFailure, RoomEvent } from '@sala/contracts';
import type { Customer } from '@sala/line-simulator';
import { vi } from 'vitest';
import { type TestDesk, type TestOperator, WAIT } from './desk.ts';
import { message } from './rooms.ts';

/** An operator and a customer in an active session; the phone has received the bot's one answer. */
export type Talk = { conversationId: ConversationId; customer: Customer; by: TestOperator };

export async function talkWith(desk: TestDesk, by: TestOperator, displayName = 'Somchai'): Promise<Talk> {
  const { conversationId, customer } = await desk.waiting(displayName);
  await customer.receives(1);
  await vi.waitFor(async () => {
    const last = deliveryTypes(await desk.log(conversationId)).at(-1);
    if (last !== 'delivery.sent') throw new Error(`the bot's answer is not sent, but ${last}`);
  }, WAIT);
  await by.api.room.claim({ conversationId });
  return { conversationId, customer, by };
}

/** Sends a message; answers its id. */
export async function write({ conversationId, by }: Talk, text: string): Promise<string> {
  const sent = message(text);
  await by.api.room.send({ conversationId, ...sent });
  return sent.messageId;
}

/** What has happened to one message's delivery, as the log tells it. */
export async function deliveryOf(desk: TestDesk, conversationId: ConversationId, messageId: string) {
  const log = await desk.log(conversationId);
  return log.flatMap(({ fact }) =>
    fact.type.startsWith('delivery.') && 'messageId' in fact && fact.messageId === messageId ? [fact] : [],
  );
}

type Ended = 'delivery.sent' | 'delivery.failed';

/** The same, once the message is sent or failed; `times` when it ends more than once. */
export const endOf = (desk: TestDesk, { conversationId }: Talk, messageId: string, times = 1) =>
  vi.waitFor(async () => {
    const facts = await deliveryOf(desk, conversationId, messageId);
    const ends = facts.filter(({ type }) =>
      (['delivery.sent', 'delivery.failed'] satisfies Ended[] as string[]).includes(type),
    );
    if (ends.length < times) throw new Error(`only ${facts.map(({ type }) => type).join(', ')}`);
    return facts;
  }, WAIT);

const deliveryTypes = (log: readonly RoomEvent[]) =>
  log.map(({ fact }) => fact.type).filter((type) => type.startsWith('delivery.'));

/** Texts that reached the phone after the bot's first answer. */
export const phoneTexts = async ({ customer }: Talk): Promise<(string | null)[]> =>
  (await customer.received()).slice(1).map(({ text }) => text);

export const failureIn = (facts: readonly { type: string; failure?: DeliveryFailure }[]): DeliveryFailure | undefined =>
  facts.find(({ failure }) => failure)?.failure;
