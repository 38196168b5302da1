import type { RoomFact } from '@sala/contracts';
import type { Account, Delivered, Finding, RecordedConversation } from './account.ts';

/** The desk's messages against the phone: each arrives once, in the order of the log, and nothing else does. */
export function judgePhone({ recorded, delivered }: Account): Finding[] {
  const keys = delivered.map(({ retryKey }) => retryKey).filter((key) => key !== null);
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
  return [
    ...twice.map((key): Finding => ({ kind: 'doubled', what: `LINE took the retry key ${key} more than once` })),
    ...recorded.conversations.flatMap((conversation) =>
      onPhone(
        conversation,
        delivered.filter(({ userId }) => userId === conversation.lineId),
      ),
    ),
  ];
}

type Outgoing = Extract<RoomFact, { type: 'bot.wrote' | 'operator.wrote' }>;

const isOutgoing = (fact: RoomFact): fact is Outgoing => fact.type === 'bot.wrote' || fact.type === 'operator.wrote';

function onPhone(
  { conversationId, events, deliveries }: RecordedConversation,
  received: readonly Delivered[],
): Finding[] {
  const findings: Finding[] = deliveries.map(({ messageId, state }) => ({
    kind: 'unresolved',
    what: `the delivery of ${messageId} in ${conversationId} is ${state}`,
  }));
  const facts = events.map(({ fact }) => fact);
  const places: { lineMessageId: string; at: number }[] = [];
  for (const { messageId, content } of facts.filter(isOutgoing)) {
    const text = content.type === 'text' ? content.text : `(${content.type})`;
    const sent = facts.filter((fact) => fact.type === 'delivery.sent' && fact.messageId === messageId);
    if (sent.length === 0) findings.push({ kind: 'lost', what: `"${text}" (${messageId}) was never sent` });
    if (sent.length > 1)
      findings.push({ kind: 'doubled', what: `"${text}" (${messageId}) was sent ${sent.length} times` });
    for (const fact of sent) {
      const lineMessageId = fact.type === 'delivery.sent' ? fact.lineMessageId : null;
      const at = received.findIndex((one) => one.lineMessageId === lineMessageId);
      if (at < 0) findings.push({ kind: 'lost', what: `"${text}" (${messageId}) is "sent" and not on the phone` });
      else if (received[at]!.text !== text)
        findings.push({ kind: 'differs', what: `"${text}" reads otherwise on the phone` });
      if (at >= 0) places.push({ lineMessageId: lineMessageId!, at });
    }
  }
  const known = new Set(places.map(({ lineMessageId }) => lineMessageId));
  for (const { lineMessageId, text } of received) {
    if (!known.has(lineMessageId))
      findings.push({ kind: 'doubled', what: `"${text}" is on the phone without a reason` });
  }
  if (places.some(({ at }, index) => index > 0 && at < places[index - 1]!.at)) {
    findings.push({ kind: 'disordered', what: `the phone of ${conversationId} has another order than the log` });
  }
  return findings;
}
