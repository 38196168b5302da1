import { setTimeout as pause } from 'node:timers/promises';
import type { Customer, SimulatorClient } from '@sala/line-simulator';
import { type Ledger, outcomeOf, type Said, type Try } from './ledger.ts';
import type { Random } from './random.ts';

/** LINE gives up some day; a desk that is not back by then has lost the message. */
const REDELIVER_FOR_MS = 60_000;

const PER_WEBHOOK = 100;

const tryOf = ({ status, reason }: { status: number; reason: string }): Try =>
  status >= 200 && status < 300 ? { is: 'ok' } : { is: 'unknown', why: `webhook ${status} ${reason}` };

/** The customer writes; the ledger knows how the webhook was answered. */
export async function say(ledger: Ledger, customer: Customer, text: string): Promise<Said> {
  const answer = await customer.says(text);
  return ledger.write({
    kind: 'said',
    userId: customer.userId,
    text,
    lineMessageId: answer.messageId!,
    webhookEventId: answer.webhookEventId,
    tries: [tryOf(answer)],
  });
}

/** Writes `count` messages at once, which LINE hands over in a few webhooks. */
export async function flood(
  ledger: Ledger,
  { customer, line, count }: { customer: Customer; line: SimulatorClient; count: number },
): Promise<void> {
  for (let first = 1; first <= count; first += PER_WEBHOOK) {
    const texts = Array.from(
      { length: Math.min(PER_WEBHOOK, count - first + 1) },
      (_, index) => `line ${first + index}`,
    );
    const answers = await line.batch(texts.map((text) => [customer, text]));
    for (const [index, answer] of answers.entries()) {
      const { webhookEventId, messageId } = answer;
      const said = { userId: customer.userId, text: texts[index]!, lineMessageId: messageId!, webhookEventId };
      ledger.write({ kind: 'said', ...said, tries: [tryOf(answer)] });
    }
  }
}

/** Writes now and then, and sometimes asks for a person, until told to stop. */
export async function keepSpeaking(
  customer: Customer,
  { ledger, random, until }: { ledger: Ledger; random: Random; until: AbortSignal },
): Promise<void> {
  for (let number = 1; !until.aborted; number += 1) {
    await pause(random.between(150, 700));
    const asks = random.chance(0.25) ? 'human, please' : 'and another thing';
    await say(ledger, customer, `${customer.displayName} ${number}: ${asks}`);
  }
}

/** LINE sends again what was not acknowledged, until it is. */
export async function redeliverUnknown(ledger: Ledger, line: SimulatorClient): Promise<void> {
  const until = performance.now() + REDELIVER_FOR_MS;
  for (const said of ledger.said) {
    while (outcomeOf(said) === 'unresolved' && performance.now() < until) {
      said.tries.push(tryOf(await line.redeliver(said.webhookEventId)));
      if (outcomeOf(said) === 'unresolved') await pause(200);
    }
  }
}
